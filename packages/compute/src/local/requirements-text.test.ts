import { expect, test } from "vitest";
import { parseRequirements } from "./requirements-text.ts";

test("splits options from packages; comments and continued lines are understood", () => {
  const text = [
    "# tools",
    "--extra-index-url https://example.org/simple  # ours",
    "--pre",
    "numpy >=1.26, <3 ; python_version >= '3.10'",
    "torch==2.4.0 \\",
    "    --hash=sha256:aa",
    "",
    "pkg @ git+https://example.org/p.git@main#egg=pkg",
    "requests[socks]",
    "-fhttps://example.org/links",
  ].join("\r\n");
  expect(parseRequirements(text)).toEqual({
    options: [
      "--extra-index-url https://example.org/simple",
      "--pre",
      "-fhttps://example.org/links",
    ],
    packages: [
      "numpy >=1.26, <3 ; python_version >= '3.10'",
      "torch==2.4.0     --hash=sha256:aa",
      "pkg @ git+https://example.org/p.git@main#egg=pkg",
      "requests[socks]",
    ],
  });
});

test("refuses what needs other files, and what pip does not know, naming the lines", () => {
  const bad = [
    "six",
    "-r other.txt",
    "--constraint=c.txt",
    "-e .",
    "./local",
    "/etc/passwd",
    "pkg @ file:///x",
    "--install-option=x",
    "a\0b",
  ];
  let issues: { path: string; message: string }[] = [];
  try {
    parseRequirements(bad.join("\n"));
  } catch (error) {
    issues = (error as { issues: typeof issues }).issues;
  }
  expect(issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    "requirements, line 2: -r names a file, and there is only this text",
    "requirements, line 3: --constraint names a file, and there is only this text",
    "requirements, line 4: -e names a file, and there is only this text",
    "requirements, line 5: ./local is a local path; name a package or an address",
    "requirements, line 6: /etc/passwd is a local path; name a package or an address",
    "requirements, line 7: pkg @ file:///x is a local path; name a package or an address",
    "requirements, line 8: unknown option --install-option",
    "requirements, line 9: must not contain a NUL character",
  ]);
});
