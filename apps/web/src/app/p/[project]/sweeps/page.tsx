import { SweepsPage } from "../../../../screens/sweeps/sweeps-page.tsx";

interface PageProps {
  params: Promise<{ project: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project } = await params;
  return <SweepsPage project={project} />;
}
