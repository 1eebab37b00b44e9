import { SettingsPage } from "../../screens/settings/settings-page.tsx";

export default function Page() {
  return <SettingsPage />;
}
