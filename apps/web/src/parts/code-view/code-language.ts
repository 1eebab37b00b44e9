/** Languages that are coloured; each is loaded when it is first shown. */
export const codeLanguages = {
  python: () => import("shiki/langs/python.mjs"),
  json: () => import("shiki/langs/json.mjs"),
  yaml: () => import("shiki/langs/yaml.mjs"),
  toml: () => import("shiki/langs/toml.mjs"),
  ini: () => import("shiki/langs/ini.mjs"),
  shellscript: () => import("shiki/langs/shellscript.mjs"),
  docker: () => import("shiki/langs/docker.mjs"),
  sql: () => import("shiki/langs/sql.mjs"),
  markdown: () => import("shiki/langs/markdown.mjs"),
  javascript: () => import("shiki/langs/javascript.mjs"),
  typescript: () => import("shiki/langs/typescript.mjs"),
  r: () => import("shiki/langs/r.mjs"),
  julia: () => import("shiki/langs/julia.mjs"),
  cpp: () => import("shiki/langs/cpp.mjs"),
  rust: () => import("shiki/langs/rust.mjs"),
  go: () => import("shiki/langs/go.mjs"),
  java: () => import("shiki/langs/java.mjs"),
  html: () => import("shiki/langs/html.mjs"),
  css: () => import("shiki/langs/css.mjs"),
  make: () => import("shiki/langs/make.mjs"),
} as const;

export type CodeLanguage = keyof typeof codeLanguages;

const byExtension: Record<string, CodeLanguage> = {
  py: "python",
  pyi: "python",
  json: "json",
  jsonl: "json",
  ipynb: "json",
  yaml: "yaml",
  yml: "yaml",
  toml: "toml",
  lock: "toml",
  ini: "ini",
  cfg: "ini",
  conf: "ini",
  properties: "ini",
  sh: "shellscript",
  bash: "shellscript",
  zsh: "shellscript",
  sbatch: "shellscript",
  sql: "sql",
  md: "markdown",
  js: "javascript",
  mjs: "javascript",
  jsx: "javascript",
  ts: "typescript",
  tsx: "typescript",
  r: "r",
  jl: "julia",
  c: "cpp",
  h: "cpp",
  cc: "cpp",
  cpp: "cpp",
  hpp: "cpp",
  cu: "cpp",
  rs: "rust",
  go: "go",
  java: "java",
  html: "html",
  xml: "html",
  svg: "html",
  css: "css",
  mk: "make",
};

const byName: Record<string, CodeLanguage> = {
  dockerfile: "docker",
  makefile: "make",
  pipfile: "toml",
  ".gitignore": "ini",
  ".env": "shellscript",
};

/** The language of a file by its name; undefined for plain text. */
export function languageOfPath(path: string): CodeLanguage | undefined {
  const name = (path.split("/").pop() ?? "").toLowerCase();
  const extension = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : "";
  return byName[name] ?? byExtension[extension];
}
