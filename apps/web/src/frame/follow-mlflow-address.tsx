"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { pageOfMlflowAddress } from "./mlflow-address.ts";

/** Leads from an address that MLflow's client printed to the page of that run or experiment. */
export function FollowMlflowAddress({ project }: { readonly project: string }) {
  const router = useRouter();
  useEffect(() => {
    const follow = () => {
      const page = pageOfMlflowAddress(project, globalThis.location.hash);
      if (page !== null) router.replace(page);
    };
    follow();
    globalThis.addEventListener("hashchange", follow);
    return () => globalThis.removeEventListener("hashchange", follow);
  }, [project, router]);
  return null;
}
