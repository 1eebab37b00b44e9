import { ModelPage } from "../../../../../screens/models/model-page.tsx";

interface PageProps {
  params: Promise<{ project: string; name: string }>;
}

export default async function Page({ params }: PageProps) {
  const { project, name } = await params;
  return <ModelPage project={project} name={decodeURIComponent(name)} />;
}
