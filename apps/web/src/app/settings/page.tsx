import { SettingsPage } from "../../views/settings/settings-page.tsx";

export default function Page() {
  return <SettingsPage />;
}
