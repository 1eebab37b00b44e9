import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  pickedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import type { Extension, TransactionSpec } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, keymap, placeholder } from "@codemirror/view";
import type { DecorationSet, ViewUpdate } from "@codemirror/view";
import { filterTokens } from "./filter-language.ts";
import type { FilterLanguage, FilterOption } from "./filter-language.ts";
import { filterTheme } from "./filter-theme.ts";

export interface FilterEditorSetup {
  label: string;
  placeholder: string;
  /** Asked at each use, so that a new language needs no new editor. */
  language(): FilterLanguage;
  onChange(text: string): void;
  onApply(text: string): void;
  /** Escape. */
  onLeave(): void;
}

/** A CodeMirror of one line that knows the filter grammar. */
export function filterExtensions(setup: FilterEditorSetup): Extension[] {
  return [
    history(),
    oneLine,
    tokenColors,
    linter((view) => diagnose(view, setup), { delay: 400 }),
    autocompletion({
      override: [(context) => completions(context, setup)],
      icons: false,
      tooltipClass: () => "filter-options",
    }),
    keymap.of([
      { key: "Tab", run: acceptCompletion },
      ...completionKeymap,
      { key: "Enter", run: (view) => applied(view, setup) },
      { key: "Escape", run: () => left(setup) },
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    placeholder(setup.placeholder),
    EditorView.contentAttributes.of({
      "aria-label": setup.label,
      spellcheck: "false",
      autocorrect: "off",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) setup.onChange(update.state.doc.toString());
    }),
    filterTheme,
  ];
}

function applied(view: EditorView, setup: FilterEditorSetup): boolean {
  setup.onApply(view.state.doc.toString());
  return true;
}

function left(setup: FilterEditorSetup): boolean {
  setup.onLeave();
  return true;
}

/** Pasted lines become one. */
const oneLine = EditorState.transactionFilter.of(
  (transaction): TransactionSpec | readonly TransactionSpec[] => {
    if (transaction.newDoc.lines <= 1) return transaction;
    const text = transaction.newDoc.toString().replaceAll(/\s*\n\s*/g, " ");
    return {
      changes: { from: 0, to: transaction.startState.doc.length, insert: text },
      selection: { anchor: text.length },
    };
  },
);

function diagnose(view: EditorView, setup: FilterEditorSetup) {
  const text = view.state.doc.toString();
  return setup
    .language()
    .lint(text)
    .map(({ from, to, message }) => ({
      // An error at the very end has no character of its own: the last one is marked for it.
      from: Math.max(0, Math.min(from, text.length - 1)),
      to: Math.max(Math.min(to, text.length), Math.min(from + 1, text.length)),
      message,
      severity: "error" as const,
    }));
}

async function completions(
  context: CompletionContext,
  setup: FilterEditorSetup,
): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const found = await setup.language().complete(text, context.pos);
  if (!found || context.aborted || found.options.length === 0) return null;
  const { from, to = context.pos } = found;
  // The language has chosen and ordered them: it knows about quotes, which a prefix match does not.
  return { from, to, filter: false, options: found.options.map(toCompletion) };
}

const kindNames: Record<FilterOption["kind"], string> = {
  metric: "metric",
  param: "param",
  tag: "tag",
  attribute: "attribute",
  operator: "",
  keyword: "",
  value: "",
};

function toCompletion(option: FilterOption): Completion {
  return {
    label: option.label,
    detail: option.detail ?? kindNames[option.kind],
    type: option.kind,
    apply: (...place) => put(option, place),
  };
}

const leadsOn: readonly FilterOption["kind"][] = [
  "metric",
  "param",
  "tag",
  "attribute",
  "operator",
  "keyword",
];

type Place = [view: EditorView, completion: Completion, from: number, to: number];

/** Puts an option in, and offers what comes after it. */
function put(option: FilterOption, [view, completion, from, to]: Place) {
  const text = option.insert ?? option.label;
  const spaced =
    leadsOn.includes(option.kind) && !text.endsWith(".") && view.state.sliceDoc(to, to + 1) !== " ";
  const insert = spaced ? `${text} ` : text;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
  });
  if (leadsOn.includes(option.kind)) startCompletion(view);
}

const tokenMarks = {
  keyword: Decoration.mark({ class: "filter-keyword" }),
  string: Decoration.mark({ class: "filter-string" }),
  number: Decoration.mark({ class: "filter-number" }),
  operator: Decoration.mark({ class: "filter-operator" }),
  entity: Decoration.mark({ class: "filter-entity" }),
};

function decorate(view: EditorView): DecorationSet {
  const tokens = filterTokens(view.state.doc.toString());
  return Decoration.set(tokens.map((token) => tokenMarks[token.class].range(token.from, token.to)));
}

class TokenColors {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = decorate(view);
  }

  update(update: ViewUpdate) {
    if (update.docChanged) this.decorations = decorate(update.view);
  }
}

const tokenColors = ViewPlugin.fromClass(TokenColors, {
  decorations: (plugin) => plugin.decorations,
});
