import { Suspense } from "react";
import { SignInPage } from "../../pages/account/sign-in-page.tsx";

export default function Page() {
  return (
    <Suspense>
      <SignInPage />
    </Suspense>
  );
}
