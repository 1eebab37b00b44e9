import { envExampleFaults } from "../check-env-example.mjs";
import { json, withScratch, write } from "./scratch.mjs";

const reader =
  "const shape = z.object({\n  PORT: z.coerce.number(),\n  HOME_URL: Address.optional(),\n});\n";

const cases = [
  { name: "all explained", text: "PORT=1\n# HOME_URL=\n", want: 0 },
  { name: "one not explained", text: "# PORT=1\n", want: 1 },
  { name: "one that nobody reads", text: "PORT=1\nHOME_URL=\nHOST=x\n", want: 1 },
];

function canary({ name, text, want }) {
  return withScratch((folder) => {
    write(folder, { "apps/server/src/env.ts": reader, ".env.example": text });
    const faults = envExampleFaults(folder);
    const fault = faults.length === want ? undefined : `found ${json(faults)}`;
    return { name: `.env.example: ${name}`, fault };
  });
}

/** The example explains what the apps read, and nothing else. */
export function envExampleCanaries() {
  return cases.map(canary);
}
