import { Suspense } from "react";
import { WelcomePage } from "../../screens/account/welcome-page.tsx";

export default function Page() {
  return (
    <Suspense>
      <WelcomePage />
    </Suspense>
  );
}
