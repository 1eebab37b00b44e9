import { expect, test } from "vitest";
import { readReport, uvVariablesOf } from "./installers.ts";

test("pip's report becomes lock lines, with addresses and commits where there are no versions", () => {
  const report = {
    version: "1",
    install: [
      {
        metadata: { name: "Typing_Extensions", version: "4.12.0" },
        is_direct: false,
        download_info: { url: "https://example.org/t.whl" },
      },
      {
        metadata: { name: "mine", version: "1.0" },
        is_direct: true,
        download_info: {
          url: "https://example.org/mine.git",
          vcs_info: { vcs: "git", commit_id: "0123abc" },
        },
      },
      {
        metadata: { name: "archive", version: "1.0" },
        is_direct: true,
        download_info: { url: "https://example.org/archive-1.0.zip" },
      },
    ],
  };
  expect(readReport(JSON.stringify(report))).toEqual([
    "archive @ https://example.org/archive-1.0.zip",
    "mine @ git+https://example.org/mine.git@0123abc",
    "typing-extensions==4.12.0",
  ]);
});

test("pip's settings become uv's", () => {
  const config = [
    "global.index-url='https://global.example/simple'",
    "global.timeout='60'",
    "global.trusted-host='a.example\\nb.example'",
    "install.find-links='/wheels https://links.example/'",
    ":env:.index-url='https://env.example/simple'",
    "global.cert='/etc/ssl/own.pem'",
    "wheel.index-url='https://wrong.example'",
  ];
  expect(uvVariablesOf(config.join("\n"))).toEqual({
    UV_DEFAULT_INDEX: "https://env.example/simple",
    UV_INSECURE_HOST: "a.example b.example",
    UV_FIND_LINKS: "/wheels,https://links.example/",
    SSL_CERT_FILE: "/etc/ssl/own.pem",
  });
  expect(uvVariablesOf("")).toEqual({});
});
