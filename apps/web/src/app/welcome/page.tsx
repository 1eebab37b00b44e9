import { Suspense } from "react";
import { WelcomePage } from "../../pages/account/welcome-page.tsx";

export default function Page() {
  return (
    <Suspense>
      <WelcomePage />
    </Suspense>
  );
}
