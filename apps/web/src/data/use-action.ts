import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Endpoint } from "@tessera/contracts/endpoint";
import { toastError } from "../parts/toast.tsx";
import { errorWords } from "./error-words.ts";

interface ActionOptions<Input, Result> {
  readonly run: (input: Input) => Promise<Result>;
  /** What a failure is told as: "Could not revoke the token". */
  readonly failure: string;
  /** Answers that are old once it is done. */
  readonly stale?: readonly Endpoint[];
  readonly onDone?: (result: Result) => void;
}

/** Something that a button does: busy while it runs, told when it fails, answers read anew after. */
export function useAction<Input, Result>(options: ActionOptions<Input, Result>) {
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: options.run,
    onError: (error) => toastError(errorWords(error, options.failure)),
    onSuccess: (result) => {
      for (const endpoint of options.stale ?? []) {
        void queries.invalidateQueries({ queryKey: [endpoint.id] });
      }
      options.onDone?.(result);
    },
  });
  return { run: mutate, busy: isPending };
}
