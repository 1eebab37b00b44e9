import type { toast } from "sonner";

type ToastFunctions = typeof toast;

const waiting: ((toasts: ToastFunctions) => void)[] = [];
const listeners = new Set<() => void>();
let ready: ToastFunctions | undefined;

/** Shows a toast; the first one waits until the library and its host are there. */
export function emitToast(show: (toasts: ToastFunctions) => void) {
  if (ready) return show(ready);
  waiting.push(show);
  for (const listener of listeners) listener();
}

/** The host is there: shows what waited. */
export function openToasts(toasts: ToastFunctions) {
  ready = toasts;
  for (const show of waiting.splice(0)) show(toasts);
}

/** Whether there ever was a toast. */
export function toastsWanted(): boolean {
  return ready !== undefined || waiting.length > 0;
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
