import { OverviewPage } from "../../../screens/overview/overview-page.tsx";

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  return <OverviewPage project={project} />;
}
