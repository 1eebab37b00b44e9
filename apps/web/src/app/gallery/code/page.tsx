"use client";
import { Page } from "../../../frame/page-frame.tsx";
import { CodeView } from "../../../parts/code-view/code-view.tsx";
import { DiffView } from "../../../parts/diff-view/diff-view.tsx";
import { TextDiff } from "../../../parts/diff-view/text-diff.tsx";
import { Markdown } from "../../../parts/markdown.tsx";
import { JsonView } from "../../../parts/json-view/json-view.tsx";
import { CsvView } from "../../../parts/csv-view/csv-view.tsx";
const py = `import mlflow\nfrom sklearn.svm import SVC\n\n# Train one model.\ndef train(gamma: float = 1e-3, kernel="rbf") -> SVC:\n    """Fits."""\n    model = SVC(gamma=gamma, kernel=kernel)\n    for epoch in range(10):\n        mlflow.log_metric("loss", 0.1 * epoch)\n    return model\n`;
const diff = `diff --git a/train.py b/train.py\nindex 1..2 100644\n--- a/train.py\n+++ b/train.py\n@@ -1,6 +1,7 @@ def main():\n import mlflow\n-lr = 0.1\n+lr = 0.01\n+momentum = 0.9\n def train():\n-    print("accuracy", acc)\n+    print("val accuracy", acc)\n     return\n \ndiff --git a/gone.txt b/gone.txt\ndeleted file mode 100644\n--- a/gone.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-bye\n`;
const md =
  "# Model card\n\nA **support vector** machine on *digits*; see [docs](https://example.org) and `train.py`.\n\n- [x] tested\n- [ ] deployed\n\n| metric | value |\n|---|---|\n| accuracy | 0.98 |\n\n```python\nprint(1)\n```\n\n> Careful: <b>no html</b> <script>alert(1)</script>\n\n![x](http://evil/x.png)";
const json = JSON.stringify({
  lr: 0.1,
  layers: [64, 32],
  name: "digits",
  nested: { a: { b: { c: null } } },
  ok: true,
  long: "x".repeat(500),
}).replace("0.1", "NaN");
export default function P() {
  return (
    <Page crumbs={[{ label: "Code" }]}>
      <div className="grid gap-4 lg:grid-cols-2">
        <CodeView code={py} path="train.py" className="rounded-lg border border-line" />
        <JsonView text={json} className="h-60 rounded-lg border border-line" />
        <DiffView diff={diff} />
        <Markdown text={md} />
        <TextDiff
          before={py}
          after={py.replace("rbf", "linear").replace("1e-3", "1e-4")}
          beforeLabel="brave-otter-1"
          afterLabel="brave-otter-2"
          className="lg:col-span-2"
        />
        <div className="h-60 overflow-hidden rounded-lg border border-line">
          <CsvView
            label="x.csv"
            text={"name,score,note\na,0.123456,hello\nb,12,\n" + "c,0.5,x\n".repeat(200)}
          />
        </div>
      </div>
    </Page>
  );
}
