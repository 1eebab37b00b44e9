import { RunPage } from "../../../../../screens/run/run-page.tsx";

interface PageProps {
  params: Promise<{ project: string; id: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project, id } = await params;
  return <RunPage project={project} id={id} />;
}
