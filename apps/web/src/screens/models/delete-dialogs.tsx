"use client";

import {
  deleteModel,
  deleteModelVersion,
  getModel,
  listModels,
  listModelVersions,
  type ModelVersion,
} from "@tessera/contracts/model";
import { useRouter } from "next/navigation";
import { client } from "../../data/client.ts";
import { useAction } from "../../data/use-action.ts";
import { projectPath } from "../../frame/navigation.ts";
import { ConfirmByName } from "../../parts/confirm-by-name.tsx";
import { countOf } from "../../parts/format/number.ts";

export interface DeleteModelDialogProps {
  project: string;
  name: string;
  versionCount: number;
  onClose(): void;
}

/** Asks before a model goes with all of its versions. */
export function DeleteModelDialog(props: DeleteModelDialogProps) {
  const { project, name, versionCount, onClose } = props;
  const router = useRouter();
  const remove = useAction({
    run: () => client.call(deleteModel, { params: { project, name } }),
    failure: `Could not delete ${name}`,
    stale: [listModels],
    onDone: () => router.push(projectPath(project, "models")),
  });
  return (
    <ConfirmByName
      open
      onOpenChange={onClose}
      title={`Delete ${name}`}
      name={name}
      action="Delete model"
      busy={remove.busy}
      onConfirm={() => remove.run(undefined)}
    >
      Its {countOf(versionCount, "version")} and aliases will be gone, and whoever loads it by name
      will fail. The files stay with the runs that logged them.
    </ConfirmByName>
  );
}

export interface DeleteVersionDialogProps {
  project: string;
  model: string;
  version: ModelVersion;
  onClose(): void;
  onDeleted(): void;
}

/** Asks before a version goes with the aliases that point to it. */
export function DeleteVersionDialog(props: DeleteVersionDialogProps) {
  const { project, model: name, version, onClose, onDeleted } = props;
  const { version: number, aliases } = version;
  const remove = useAction({
    run: () => client.call(deleteModelVersion, { params: { project, name, version: number } }),
    failure: `Could not delete version ${number}`,
    stale: [listModels, getModel, listModelVersions],
    onDone: () => {
      onClose();
      onDeleted();
    },
  });
  const pointing =
    aliases.length === 0 ? "" : ` ${aliases.map((alias) => `@${alias}`).join(", ")} will go too.`;
  return (
    <ConfirmByName
      open
      onOpenChange={onClose}
      title={`Delete version ${number} of ${name}`}
      name={`v${number}`}
      action="Delete version"
      busy={remove.busy}
      onConfirm={() => remove.run(undefined)}
    >
      Whoever loads it by its number will fail, and the number is not given again.{pointing} The
      files stay with the run that logged them.
    </ConfirmByName>
  );
}
