import { DatasetPage } from "../../../../../screens/data/dataset-page.tsx";

interface PageProps {
  params: Promise<{ project: string; name: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project, name } = await params;
  return <DatasetPage project={project} name={decodeURIComponent(name)} />;
}
