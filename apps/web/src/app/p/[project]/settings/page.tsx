import { ProjectSettingsPage } from "../../../../screens/project-settings/project-settings-page.tsx";

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  return <ProjectSettingsPage project={project} />;
}
