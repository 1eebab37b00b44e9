import { allowedImports } from "./allowed-imports.mjs";
import { disableWithReason } from "./disable-with-reason.mjs";
import { fileName } from "./file-name.mjs";
import { noBarrel } from "./no-barrel.mjs";
import { noProcessEnv } from "./no-process-env.mjs";
import { pure } from "./pure.mjs";

export default {
  meta: { name: "tessera" },
  rules: {
    "allowed-imports": allowedImports,
    "disable-with-reason": disableWithReason,
    "file-name": fileName,
    "no-barrel": noBarrel,
    "no-process-env": noProcessEnv,
    pure,
  },
};
