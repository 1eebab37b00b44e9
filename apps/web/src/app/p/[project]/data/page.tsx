import { DatasetsPage } from "../../../../screens/data/datasets-page.tsx";

interface PageProps {
  params: Promise<{ project: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project } = await params;
  return <DatasetsPage project={project} />;
}
