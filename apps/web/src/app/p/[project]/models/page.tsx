import { ModelsPage } from "../../../../screens/models/models-page.tsx";

interface PageProps {
  params: Promise<{ project: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project } = await params;
  return <ModelsPage project={project} />;
}
