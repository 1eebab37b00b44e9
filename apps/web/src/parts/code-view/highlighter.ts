import { createCssVariablesTheme, createHighlighterCore } from "shiki/core";
import type { HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { codeLanguages } from "./code-language.ts";
import type { CodeLanguage } from "./code-language.ts";

/** A coloured piece of a line. */
export interface CodeToken {
  text: string;
  color: string | undefined;
}

// The colours are variables of the style sheet, so that a change of theme needs no new tokens.
const theme = createCssVariablesTheme({
  name: "tessera",
  variablePrefix: "--code-",
  fontStyle: false,
});

let highlighter: Promise<HighlighterCore> | undefined;

/** The lines of a text as coloured tokens. */
export async function highlightCode(code: string, language: CodeLanguage): Promise<CodeToken[][]> {
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const shiki = await highlighter;
  await shiki.loadLanguage(codeLanguages[language]());
  const lines = shiki.codeToTokensBase(code, { lang: language, theme: "tessera" });
  return lines.map((line) => line.map((token) => ({ text: token.content, color: token.color })));
}
