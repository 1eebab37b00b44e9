import { SettingsPage } from "../../pages/settings/settings-page.tsx";

export default function Page() {
  return <SettingsPage />;
}
