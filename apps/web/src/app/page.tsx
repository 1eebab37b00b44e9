import { ProjectsPage } from "../pages/projects/projects-page.tsx";

export default function Page() {
  return <ProjectsPage />;
}
