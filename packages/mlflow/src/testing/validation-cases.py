"""Asks the real MLflow what it says of many names, values and batches.

Writes validation-cases.jsonl beside this file; the tests compare our validation with it.
Usage, in a virtual environment with `pip install mlflow==3.17.2`:

    python validation-cases.py
"""

import json
import pathlib

from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException
from mlflow.utils import validation as v

HERE = pathlib.Path(__file__).parent

NAMES = [
    "a", "loss", "a/b", "a.b", "a-b", "a b", "a:b", "A_1", "é", "日本", "1", "a/b/c", "", " ", ".", "..", "./a",
    "a/", "/a", "//a", "///a", "a//b", "a/./b", "a/../b", "../a", "a/..", "..a", "a..", ".a", "...", "a/...",
    "a,b", "a'b", 'a"b', "a(b)", "a\\b", "a\nb", "a\tb", "a%b", "a@b", "a#b", "a?b", "a*b", "💥", "a\u00a0b",
    "ａ", "x" * 250, "x" * 251, "é" * 250, "x/../y", "~", "~/a", "a=b", "a&b", "a+b", "a;b", "½", "x²",
]
RUN_IDS = [
    "a", "0" * 32, "x" * 256, "x" * 257, "", "-a", "_a", "a-b_c", "a b", "a/b", "é", "aé", "a.b", "'", "A1",
]
EXPERIMENT_NAMES = ["a", "", "x" * 500, "x" * 501, "a/b", "é" * 500, " "]
MODEL_NAMES = ["a", "", " ", "a/b", "a:b", "a.b", "a b", ".", "..", "é", "a'b"]
ALIASES = ["a", "", "a b", "latest", "LATEST", "v1", "V12", "v", "v1a", "a-b_c", "x" * 255, "x" * 256, "é", "a.b"]


def short(value):
    """Long texts of one character, and long lists, as {"of": …, "times": …}."""
    if isinstance(value, dict):
        return {key: short(item) for key, item in value.items()}
    if isinstance(value, str) and len(value) > 100 and set(value) == {value[0]}:
        return {"of": value[0], "times": len(value)}
    if isinstance(value, list) and len(value) > 20:
        return {"of": short(value[0]), "times": len(value)}
    return [short(item) for item in value] if isinstance(value, list) else value


def says(action):
    try:
        return {"ok": short(action())}
    except MlflowException as error:
        return {"error": [error.error_code, error.message]}


def metric(key, value=1.0, timestamp=0, step=0):
    return Metric(key, value, timestamp, step)


def batch(metrics=(), params=(), tags=()):
    def act():
        m, p, t = v._validate_batch_log_data(list(metrics), list(params), list(tags))
        v._validate_batch_log_limits(m, p, t)
        v._validate_param_keys_unique(p)
        return "accepted"

    given = {
        "metrics": [[m.key, m.value, m.timestamp, m.step] for m in metrics],
        "params": [[p.key, p.value] for p in params],
        "tags": [[t.key, t.value] for t in tags],
    }
    return {"what": "batch", "given": short(given), **says(act)}


def many(kind, count):
    return [kind(f"k{i}", 1.0, 0, 0) if kind is Metric else kind(f"k{i}", "v") for i in range(count)]


def alias(name):
    v._validate_model_alias_name(name)
    v._validate_model_alias_name_reserved(name)


def main():
    cases = []

    def add(what, given, action):
        cases.append({"what": what, "given": short(given), **says(action)})

    for name in NAMES:
        add("metric", name, lambda: v._validate_metric(name, 1.0, 0, 0))
        add("param", [name, "v"], lambda: v._validate_param(name, "v").value)
        add("run-tag", [name, "v"], lambda: v._validate_tag(name, "v").value)
        add("experiment-tag", [name, "v"], lambda: v._validate_experiment_tag(name, "v"))
        add("registry-tag", [name, "v"], lambda: v._validate_registered_model_tag(name, "v"))
    for length in (6000, 6001, 8000, 8001, 20000, 20001):
        text = "é" * length
        add("param", ["k", text], lambda: v._validate_param("k", text).value)
        add("run-tag", ["k", text], lambda: v._validate_tag("k", text).value)
        add("experiment-tag", ["k", text], lambda: v._validate_experiment_tag("k", text))
    for run_id in RUN_IDS:
        add("run-id", run_id, lambda: v._validate_run_id(run_id))
    for name in EXPERIMENT_NAMES:
        add("experiment-name", name, lambda: v._validate_experiment_name(name))
    for name in MODEL_NAMES:
        add("model-name", name, lambda: v._validate_model_name(name))
    for name in ALIASES:
        add("alias", name, lambda: alias(name))
    cases += [
        batch(),
        batch([metric("a"), metric("b,c")]),
        batch([metric("a", timestamp=-1)]),
        batch(params=[Param("a", "1"), Param("a/../b", "2")]),
        batch(params=[Param("a", "1"), Param("b", "2"), Param("a", "1")]),
        batch(params=[Param("a", "1"), Param("a", "2"), Param("b", "2"), Param("b", "3"), Param("a", "4")]),
        batch(tags=[RunTag("a", "1"), RunTag("a", "2")]),
        batch(tags=[RunTag("a", "1"), RunTag("", "2")]),
        batch(tags=[RunTag("x" * 251, "1")]),
        batch(params=[Param("x" * 251, "1")]),
        batch([metric("x" * 251)]),
        batch(many(Metric, 1000)),
        batch(many(Metric, 1001)),
        batch(params=many(Param, 101)),
        batch(tags=many(RunTag, 101)),
        batch(many(Metric, 900), many(Param, 51), many(RunTag, 50)),
    ]
    lines = [json.dumps(case, ensure_ascii=False) for case in cases]
    (HERE / "validation-cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(cases), "cases")


main()
