import { ProjectsPage } from "../views/projects/projects-page.tsx";

export default function Page() {
  return <ProjectsPage />;
}
