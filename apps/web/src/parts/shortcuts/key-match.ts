/** The parts of a key press that shortcuts look at. */
export interface KeyPress {
  key: string;
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/**
 * Whether a press is the combination, such as "mod+k", "shift+x", "?" or "arrowdown". `mod` is ⌘ on
 * a Mac and Ctrl elsewhere. Shift is looked at only where it is named or the key is a letter:
 * on many keyboards "?" itself needs it.
 */
export function matchesCombination(press: KeyPress, combination: string, mac: boolean): boolean {
  const parts = combination.toLowerCase().split("+");
  const key = parts.at(-1) ?? "";
  const wanted = new Set(parts.slice(0, -1));
  if (wanted.has("mod")) wanted.add(mac ? "meta" : "ctrl");
  const modifiers =
    press.ctrlKey === wanted.has("ctrl") &&
    press.metaKey === wanted.has("meta") &&
    press.altKey === wanted.has("alt");
  if (!modifiers || pressedKey(press) !== key) return false;
  const shiftMatters = wanted.has("shift") || /^[a-z]$/.test(key) || key.length > 1;
  return !shiftMatters || press.shiftKey === wanted.has("shift");
}

function pressedKey(press: KeyPress): string {
  return press.key === " " ? "space" : press.key.toLowerCase();
}

/** Whether the press alone says nothing: a modifier, or a dead key of an input method. */
export function isBareModifier(press: KeyPress): boolean {
  return ["Shift", "Control", "Alt", "Meta", "Dead", "Process"].includes(press.key);
}

/** Whether keys that are typed at this element are text, not commands. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  const plain = ["checkbox", "radio", "button", "range", "submit", "reset", "color", "file"];
  return target instanceof HTMLInputElement && !plain.includes(target.type);
}
