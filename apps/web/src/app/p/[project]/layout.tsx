import type { ReactNode } from "react";
import { ProjectFrame } from "../../../frame/project-frame.tsx";

interface LayoutProps {
  params: Promise<{ project: string }>;
  children: ReactNode;
}

export default async function Layout({ params, children }: LayoutProps) {
  const { project } = await params;
  return <ProjectFrame project={project}>{children}</ProjectFrame>;
}
