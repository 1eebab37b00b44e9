"""Runs pieces of Python that a test sends, one JSON line each, and answers with what they found.

Each piece runs in a process of its own, forked with MLflow imported and nothing else done, with the
variables of its environment. It sees `mlflow`, `client` (an MlflowClient) and `args`; what it
leaves in `result` is its answer. Nothing of the client is changed.
"""

import contextlib
import io
import json
import math
import os
import sys
import traceback

import mlflow
from mlflow import MlflowClient


def plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(each) for each in value]
    if hasattr(value, "item"):
        return plain(value.item())
    return str(value)


def answer(request):
    printed = io.StringIO()
    try:
        scope = {"mlflow": mlflow, "client": MlflowClient(), "args": request["args"]}
        with contextlib.redirect_stdout(printed):
            exec(compile(request["code"], "<test>", "exec"), scope)
        found = {"result": plain(scope.get("result"))}
    except BaseException as error:
        code = getattr(error, "error_code", None)
        words = {"type": type(error).__name__, "code": code, "message": str(error)}
        found = {"error": {**words, "trace": traceback.format_exc()}}
    return {**found, "printed": printed.getvalue()}


for line in sys.stdin:
    request = json.loads(line)
    child = os.fork()
    if child == 0:
        os.environ.update(request["variables"])
        text = json.dumps(answer(request)) + "\n"
        sys.stdout.write(text)
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(child, 0)
