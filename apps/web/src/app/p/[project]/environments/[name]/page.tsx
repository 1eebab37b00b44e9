import { EnvironmentPage } from "../../../../../screens/environments/environment-page.tsx";

interface PageProps {
  params: Promise<{ project: string; name: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project, name } = await params;
  return <EnvironmentPage project={project} name={name} />;
}
