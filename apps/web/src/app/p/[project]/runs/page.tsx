import { RunsPage } from "../../../../screens/runs/runs-page.tsx";

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  return <RunsPage project={project} />;
}
