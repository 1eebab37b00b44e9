import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type DatasetVersion,
  getDataset,
  listDatasets,
  listDatasetVersions,
} from "@tessera/contracts/dataset";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { errorWords } from "../../../data/error-words.ts";
import { toastDone } from "../../../parts/toast.tsx";
import { datasetPath } from "../data-paths.ts";
import { type Upload, type UploadProgress, uploadVersion } from "./upload-version.ts";

const nothing: UploadProgress = { files: 0, bytes: 0 };

/** An upload under way; after a fault it goes on where it was. */
export function useUpload(onClose: () => void) {
  const queries = useQueryClient();
  const router = useRouter();
  const life = useRef(new AbortController());
  const [begun, setBegun] = useState<Upload>();
  const [progress, setProgress] = useState(nothing);
  const { mutate, error, isPending } = useMutation({
    mutationFn: (upload: Upload): Promise<DatasetVersion> =>
      uploadVersion(upload, { signal: life.current.signal, onProgress: setProgress }),
    onSuccess: ({ dataset, number }, { project }) => {
      for (const endpoint of [listDatasets, getDataset, listDatasetVersions]) {
        void queries.invalidateQueries({ queryKey: [endpoint.id] });
      }
      onClose();
      toastDone(`${dataset}@${number} is there`);
      router.push(datasetPath(project, dataset));
    },
  });
  return {
    begun,
    progress,
    busy: isPending,
    fault: error === null ? undefined : (errorWords(error, "").detail ?? "It could not be sent"),
    begin(upload: Upload) {
      setBegun(upload);
      mutate(upload);
    },
    goOn() {
      if (begun) mutate(begun);
    },
    stop() {
      life.current.abort();
      onClose();
    },
  };
}
