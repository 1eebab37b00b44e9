import { expect, it } from "vitest";
import { commitUrl, repositoryUrl } from "./repository-url.ts";

it("finds a repository's page, without anybody's password", () => {
  expect(repositoryUrl("https://ada:secret@github.com/a/b.git")).toBe("https://github.com/a/b");
  expect(repositoryUrl("git@gitlab.example.com:group/sub/b.git")).toBe(
    "https://gitlab.example.com/group/sub/b",
  );
  expect(repositoryUrl("ssh://git@host.example:2222/a/b.git")).toBe("https://host.example/a/b");
  expect(repositoryUrl("/srv/git/b.git")).toBeUndefined();
  expect(repositoryUrl("javascript:alert(1)")).toBeUndefined();
});

it("finds a commit's page where it is known how", () => {
  expect(commitUrl("git@github.com:a/b.git", "c0ffee")).toBe(
    "https://github.com/a/b/commit/c0ffee",
  );
  expect(commitUrl("https://gitlab.com/a/b", "c0ffee")).toBe(
    "https://gitlab.com/a/b/-/commit/c0ffee",
  );
  expect(commitUrl("https://git.example.com/a/b", "c0ffee")).toBeUndefined();
});
