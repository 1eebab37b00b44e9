import { Suspense } from "react";
import { SignInPage } from "../../screens/account/sign-in-page.tsx";

export default function Page() {
  return (
    <Suspense>
      <SignInPage />
    </Suspense>
  );
}
