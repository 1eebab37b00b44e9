import { ProjectsPage } from "../screens/projects/projects-page.tsx";

export default function Page() {
  return <ProjectsPage />;
}
