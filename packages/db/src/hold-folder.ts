export { holdFolder, isFolderHeld } from "./internal/folder-lock.ts";
