import { ApiError } from "@tessera/client/api-error";
import { getMe, type Me } from "@tessera/contracts/identity";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { setStorageOwner } from "../parts/stored-state.ts";
import { useEndpoint } from "./use-endpoint.ts";

interface WhoIsHere {
  readonly me: Me | undefined;
  /** Why that is not known, other than that nobody is signed in. */
  readonly error: unknown;
  readonly retry: () => void;
}

/** Who is signed in; who is not goes to sign in, and comes back to this address. */
export function useMe(): WhoIsHere {
  const query = useEndpoint(getMe, {});
  const router = useRouter();
  const pathname = usePathname();
  const signedOut = query.error instanceof ApiError && query.error.code === "unauthenticated";
  useEffect(() => {
    if (!signedOut) return;
    const back = `${pathname}${window.location.search}`;
    router.replace(`/sign-in?next=${encodeURIComponent(back)}`);
  }, [signedOut, pathname, router]);
  const userId = query.data?.user.id;
  useEffect(() => {
    if (userId !== undefined) setStorageOwner(userId);
  }, [userId]);
  return {
    me: query.data,
    error: signedOut ? null : query.error,
    retry: () => void query.refetch(),
  };
}
