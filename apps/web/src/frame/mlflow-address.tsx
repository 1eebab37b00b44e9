"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { pageOfMlflowHash } from "./mlflow-hash.ts";

/** Goes to the page that a hash of MLflow's interface means, at first and when it changes. */
export function MlflowAddress({ project }: { project: string }) {
  const router = useRouter();
  useEffect(() => {
    const look = () => {
      const page = pageOfMlflowHash(project, window.location.hash);
      if (page !== undefined) router.replace(page);
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, [project, router]);
  return null;
}
