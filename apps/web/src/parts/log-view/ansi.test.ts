import { expect, it } from "vitest";
import { ansiSpans, plainText, settleLine } from "./ansi.ts";

const escape = "\u001B";

it("shows a progress bar's last state", () => {
  expect(settleLine("10%|#   |\r50%|##  |\r100%|####|")).toBe("100%|####|");
  expect(settleLine("100%|####|\r")).toBe("100%|####|");
  expect(settleLine(`${escape}[2K${escape}[1Gdone${escape}[?25h`)).toBe("done");
});

it("drops titles and hyperlinks, and keeps tabs", () => {
  expect(
    plainText(
      `${escape}]0;title\u0007a\tb${escape}]8;;http://x${escape}\\link${escape}]8;;${escape}\\`,
    ),
  ).toBe("a\tblink");
});

it("turns colours into the theme's", () => {
  const [red, rest] = ansiSpans(`${escape}[1;31merror${escape}[0m: bad <b>`);
  expect(red).toMatchObject({ text: "error", color: "var(--ansi-red)", bold: true });
  expect(rest).toMatchObject({ text: ": bad <b>", color: undefined, bold: false });
  expect(ansiSpans(`${escape}[92mok`)[0]).toMatchObject({ color: "var(--ansi-green)" });
});

it("knows the 256 colours and the exact ones", () => {
  expect(ansiSpans(`${escape}[38;5;196mx`)[0]?.color).toBe("rgb(255, 0, 0)");
  expect(ansiSpans(`${escape}[38;5;244mx`)[0]?.color).toBe("rgb(128, 128, 128)");
  expect(ansiSpans(`${escape}[38;2;1;2;3mx`)[0]?.color).toBe("rgb(1, 2, 3)");
});

it("has nothing for an empty line", () => {
  expect(ansiSpans("")).toEqual([]);
});
