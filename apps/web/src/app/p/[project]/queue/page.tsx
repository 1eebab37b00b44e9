import { QueuePage } from "../../../../screens/queue/queue-page.tsx";

export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  const { project } = await params;
  return <QueuePage project={project} />;
}
