import { EnvironmentsPage } from "../../../../screens/environments/environments-page.tsx";

interface PageProps {
  params: Promise<{ project: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project } = await params;
  return <EnvironmentsPage project={project} />;
}
