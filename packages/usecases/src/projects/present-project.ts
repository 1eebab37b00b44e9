import type { Project } from "@tessera/contracts/project";
import type { Access } from "../identity/authorize.ts";
import type { PlatformSettings } from "../platform/platform.ts";

/** The address that an MLflow client takes for a project. */
export function trackingUri(settings: PlatformSettings, slug: string): string {
  return `${settings.publicUrl}/p/${slug}`;
}

export function presentProject(settings: PlatformSettings, access: Access): Project {
  const { project, role } = access;
  return {
    id: project.id,
    slug: project.slug,
    name: project.name,
    description: project.description,
    personal: project.ownerId !== null,
    role,
    trackingUri: trackingUri(settings, project.slug),
    createdAt: project.createdAt.toISOString(),
    updatedAt: project.updatedAt.toISOString(),
  };
}
