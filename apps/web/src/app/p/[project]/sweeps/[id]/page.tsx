import { SweepPage } from "../../../../../screens/sweeps/sweep-page.tsx";

interface PageProps {
  params: Promise<{ project: string; id: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project, id } = await params;
  return <SweepPage project={project} id={id} />;
}
