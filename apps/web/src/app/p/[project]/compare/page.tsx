import { ComparePage } from "../../../../screens/compare/compare-page.tsx";

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  return <ComparePage project={project} />;
}
