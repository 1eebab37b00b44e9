"""Asks the real MLflow what it makes of many filters and order_by clauses.

Writes search-cases.jsonl beside this file; the tests compare our parser with it.
Usage, in a virtual environment with `pip install mlflow==3.17.2`:

    PYTHONHASHSEED=0 python search-cases.py
"""

import json
import math
import os
import pathlib
import tempfile
import uuid

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

import mlflow
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as Registry
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore as Tracking
from mlflow.utils.search_logged_model_utils import parse_filter_string
from mlflow.utils.search_utils import (
    SearchExperimentsUtils,
    SearchModelUtils,
    SearchModelVersionUtils,
    SearchUtils,
)

HERE = pathlib.Path(__file__).parent

# --- texts -------------------------------------------------------------------------------

OPERATORS = [
    "=", "!=", ">", ">=", "<", "<=", "==", "<>", "=>", "=<", "!", "~", "LIKE", "ILIKE", "like",
    "ilike", "Like", "NOT LIKE", "not ilike", "RLIKE", "IN", "NOT IN", "in", "not in", "Not  In",
    "IS", "IS NOT", "BETWEEN", "+", "-",
]

VALUES = [
    "1", "-1", "0", "1.5", "-1.5", ".5", "-.5", "1.", "1e5", "1E-5", "1e+5", "-2e3", "1_000",
    "0x10", "+1", "- 1", "1.5.2", "1e", "12abc", "00012", "99999999999999999999", "nan", "inf",
    "'x'", '"x"', "`x`", "x", "x.y", "''", '""', "' '", "'1'", '"1.5"', "'it''s'", "'it\\'s'",
    '"it\'s"', "'say \"hi\"'", '"a""b"', "'a' 'b'", '"a" "b"', '"a"."b"', "'%x_'", "'é日本'",
    "'a\\nb'", "'a AND b'", "'a = 1'", "'x", "x'", '"x', "('a')", "('a', 'b')", "()", "(1)",
    "NULL", "NOT NULL", "true", "None", "?", "%s", "*", "1 + 1", "f(x)", "(1 + 2)", ":v", "$1",
]

LISTS = [
    "('a')", "('a', 'b')", "('a','b',)", '("a", "b")', "('a', \"b\")", "()", "( )", "('')",
    "('a' 'b')", "('a', 1)", "(1, 2)", "(1)", "(1.5)", "(-1)", "(a, b)", "(a)", "('a', b)",
    "('a' , , 'b')", "(,)", "('a'", "'a'", "a", "1", "('it\\'s')", "('it''s')", "('a\\\\b')",
    "('a\\tb')", "('\\x41')", "('\\u00e9')", "('a;b')", "('a)b')", "(('a'), 'b')", "('a',\n'b')",
    "( 'a' , 'b' )", "['a']", "(None)", "(True)", "('é')", "('a' AND 'b')", "('AbC', 'def')",
]

RUN_IDENTIFIERS = [
    "metrics.m", "metric.m", "params.p", "param.p", "parameter.p", "parameters.p", "tags.t",
    "tag.t", "attribute.status", "attributes.status", "attr.status", "run.status", "status",
    "run_id", "run_name", "user_id", "artifact_uri", "start_time", "end_time", "created",
    "Created", "`run name`", "`Run name`", '"Run Name"', "attributes.`run name`",
    "attribute.created", "dataset.name", "datasets.name", "dataset.digest", "dataset.context",
    "dataset.profile", "dataset.source", "foo", "foo.bar", "Metrics.m", "METRICS.m", "metrics",
    "params", "lifecycle_stage", "experiment_id", "attribute.foo", "run_uuid", "metrics.a.b.c",
    "params.a.b", "metrics.`a.b`", "metrics.`a b`", "metrics.`a/b`", "metrics.`a-b`",
    'metrics."a b"', "metrics.'a b'", "`metrics`.a", "`metrics`.`a b`", '"metrics".a',
    "'metrics'.a", "`metrics.a`", '"metrics.a"', "metrics.a-b", "metrics.a/b", "metrics.a:b",
    "metrics.a b", "metrics.a@b", "metrics.1a", "metrics.1", "metrics.1.5", "metrics._a",
    "metrics.a1", "metrics.é", "metrics.日本", "metrics.Ωmega", "metrics.", "metrics..a",
    ".a", "metrics . a", "metrics. a", "metrics .a", "metrics.`a`.b", "metrics.a.`b c`",
    'metrics."a`b"', "metrics.`a``b`", "params.order", "params.desc", "params.like", "params.null",
    "params.and", "params.or", "params.not", "params.is", "params.in_channels", "params.group",
    "params.select", "tags.mlflow.user", "tags.`mlflow.user`", "tags.mlflow.source.name",
    "'status'", "'metrics.a'", "1", "-1", "(metrics.a)", "f(x)", "metrics.a + 1",
    'metrics."`a`"', "metrics.`'a'`", "metrics.`\"a\"`", "status.x", "attr.run_name", "run.run_id",
]

WHOLE_RUNS = [
    "", " ", "\n\t", ";", "metrics.a > 1;", "metrics.a > 1; metrics.b > 2", "; metrics.a > 1",
    ";;", "metrics.a > 1 AND metrics.b < 2", "metrics.a > 1 and params.b = 'x'",
    "metrics.a > 1 And tags.c != \"y\"", "metrics.a>1 AND metrics.b<2", "metrics.a=1",
    "metrics.a > 1 AND", "AND metrics.a > 1", "AND", "metrics.a > 1 AND AND metrics.b > 2",
    "metrics.a > 1 metrics.b > 2", "metrics.a > 1 OR metrics.b > 2", "metrics.a > 1 or params.b = 'x'",
    "NOT metrics.a > 1", "(metrics.a > 1)", "(metrics.a > 1) AND metrics.b > 2",
    "(metrics.a > 1 AND metrics.b > 2)", "metrics.a > 1 AND (params.b = 'x')", "metrics.a",
    "metrics.a >", "> 1", "metrics.a 1", "metrics.a > > 1", "metrics.a > 1 > 2", "1 > metrics.a",
    "1 = 1", "'a' = 'a'", "metrics.a = metrics.b", "metrics.a = 1 = 2", "metrics.a > 1, metrics.b > 2",
    "foo bar", "foo", "a b c d", "metrics.a > 1 foo", "metrics.a > 1 AND foo", "metrics.a is > 1",
    "metrics.a BETWEEN 1 AND 2", "SELECT * FROM runs", "metrics.a > 1 -- note", "metrics.a > 1 # note",
    "metrics.a > 1 /* note */", "/* note */ metrics.a > 1", "metrics.a /* note */ > 1",
    "metrics.a > 1 AND -- note\nparams.b = 'x'", "metrics.a > 1\nAND\tparams.b = 'x'",
    "  metrics.a > 1  ", "metrics.a\n>\n1", "tags.a IS NULL", "tags.a IS NOT NULL", "tags.a is null",
    "tags.a Is  Not  Null", "params.a IS NULL AND tags.b IS NOT NULL", "params.a IS NULL",
    "metrics.a IS NULL", "metrics.a IS NOT NULL", "status IS NULL", "start_time IS NOT NULL",
    "dataset.name IS NULL", "foo.a IS NULL", "tags.a IS", "tags.a IS NOT", "tags.a NULL",
    "tags.`a b` IS NULL", "tags.a IS NULL AND metrics.b > 1", "metrics.b > 1 AND tags.a IS NULL",
    "tags.a IS NULL tags.b IS NULL", "NULL IS NULL", "'a' IS NULL", "tags.a = NULL",
    "tags.a IS NULL OR tags.b IS NULL", "tags.a IS TRUE", "tags.a IS 'x'",
    "run_id IN ('a') AND metrics.b > 1", "metrics.b > 1 AND run_id IN ('a', 'b')",
    "run_id NOT IN ('a') AND run_id IN ('b')", "attribute.run_id IN ('a')", "attributes.run_id in ('a')",
    "run_id IN('a')", "run_id IN ('a') OR metrics.b > 1", "status IN ('RUNNING')",
    "run_name IN ('a')", "start_time IN (1)", "params.a IN ('x')", "tags.a IN ('x')",
    "metrics.a IN (1)", "metrics.a IN ('x')", "dataset.name IN ('x')", "datasets.digest NOT IN ('x', 'y')",
    "dataset.context IN ('train')", "dataset.profile IN ('x')", "foo IN ('a')", "run_id = ('a')",
    "run_id LIKE ('a')", "dataset.name = ('a')", "run_id IN ('a') 'b'", "run_id IN ('a'),",
    "'run_id' IN ('a')", "run_id IS IN ('a')", "run_id NOT ('a')", "metrics.`a > 1", "params.a = 'x",
    "params.a = \"x", "params.a = x'", "metrics.a > 1)", "(metrics.a > 1", "metrics.a > 1]",
    "params.a = 'x' AND params.a = 'y'", "params.a = 'x' AND params.b = ''", "metrics.a > 1 AND metrics.a < 3",
    "params.a = 'x\ny'", "params.a = 'é' AND tags.`ключ` = 'знач'", "params.a='x'AND params.b='y'",
    "metrics.a>1AND metrics.b>2", "metrics.a > 1 && metrics.b > 2", "metrics.a > 1 & metrics.b > 2",
    "params.a = 'x' || params.b = 'y'", "metrics.a := 1", "metrics.a::float > 1", "params.a ~ 'x'",
    "params.a = 'x' COLLATE nocase", "metrics.a > 1 LIMIT 5", "metrics.a > 1 ORDER BY metrics.a",
    "WHERE metrics.a > 1", "metrics.a > 1 DESC", "params.a = `x y`", "params.a != 'x' AND status = 'FINISHED'",
    "status = FINISHED", "status = 'finished'", "status = 1", "start_time > '1'", "start_time > 1.5",
    "start_time > 1e3", "start_time = -5", "start_time LIKE '1%'", "end_time != 0", "created > 5",
    "attribute.created > 5", "user_id = 'me'", "run_name ILIKE '%Fox%'", "`run name` = 'x'",
    "attributes.`Run name` LIKE 'x%'", "artifact_uri = 'file:///a b'", "metrics.a LIKE 'x'",
    "metrics.a ILIKE 1", "metrics.a LIKE 1", "params.a > 'x'", "params.a > 1", "tags.a <= 'x'",
    "status > 'x'", "dataset.name > 'x'", "dataset.name = 1", "dataset.name = x", "params.a = 1",
    "params.a LIKE 1", "💥", "params.💥 = 'x'", "params.`💥` = '💥'", "params.a = '💥' AND 💥", "\\", "'", '"', "`",
    "metrics.a > 1 AND 'b'", "metrics.a ! = 1", "metrics.a > 1 AND metrics.b",
]

EXPERIMENT_IDENTIFIERS = [
    "name", "creation_time", "last_update_time", "experiment_id", "attribute.name", "attributes.name",
    "attr.name", "tag.t", "tags.t", "tags.a.b", "tags.`a b`", 'tags."a b"', "`name`", '"name"',
    "`attribute`.name", "`tags`.t", "lifecycle_stage", "artifact_location", "metrics.a", "params.a",
    "run_id", "foo", "foo.bar", "Name", "attribute.`name`", "last_updated_time", "attribute.creation_time",
    "tags.mlflow.note.content", "'name'", "attribute.foo",
]

WHOLE_RECORDS = [
    "", " ", "name = 'a' AND tags.b = 'c'", "name LIKE 'a%' AND name ILIKE '%B'", "name = 'a' OR name = 'b'",
    "name = 'a';", "name = 'a'; name = 'b'", "(name = 'a')", "name", "name =", "= 'a'", "name = a",
    "name 'a'", "name > 'a'", "name = 1", "name == 'a'", "name like 'a'", "name ilike 'A%'",
    "tags.a IS NULL", "tags.a IS NOT NULL", "tags.a is null AND name = 'x'", "name IS NULL",
    "name IS NOT NULL", "tags.a = 1", "tags.a > 'x'", "tags.a like 'x'", "tags.a IN ('x')",
    "tags.a NOT IN ('x')", "name IN ('a')", "name IN ('a', 'b')", "name NOT IN ('a')", "name IN (1)",
    "name IN ()", "name IN (a)", "name = ('a')", "tags.a = ('x')", "name in ('a')", "creation_time > 1",
    "creation_time > 1.5", "creation_time > '1'", "creation_time LIKE '1'", "creation_time IN (1)",
    "creation_time = 1e3", "last_update_time <= -1", "creation_time > 1 AND creation_time < 2",
    "tags.`mlflow.prompt.is_prompt` = 'true'", "tags.`mlflow.prompt.is_prompt` != 'true'",
    "version_number = 1", "version_number > 1.5", "version_number = '1'", "version_number = 'x'",
    "version_number LIKE '1'", "version_number IN ('1')", "version_number IN (1)", "version_number >= 2",
    "version_number = ('1')", "run_id = 5", "run_id IN ('a', 'b')", "run_id NOT IN ('a')", "run_id = ''",
    "source_path = 's3://x'", "source_path IN ('a')", "source_path LIKE '%x%'", "source_path = 1",
    "experiment_id = '1'", "experiment_id = 'x'", "experiment_id = 1", "experiment_id > '1'",
    "experiment_id IN ('1', '2')", "experiment_id NOT IN ('1')", "experiment_id LIKE '1%'",
    "name = 'it''s'", 'name = "x"', "name = \"it's\"", "name = `x`", "name LIKE 'a' -- c", "foo bar",
    "name = 'a' name = 'b'", "name = 'a' AND", "NOT name = 'a'", "name NOT LIKE 'a'", "name = 'a", "name = true",
]

VERSION_IDENTIFIERS = [
    "name", "version_number", "run_id", "source_path", "version", "source", "creation_timestamp",
    "last_updated_timestamp", "attribute.name", "attribute.version_number", "attributes.name", "tag.t",
    "tags.t", "tags.`a b`", "`name`", '"name"', "`version_number`", "metrics.a", "params.a", "foo",
    "current_stage", "user_id", "model_id", "'name'", "tags.a.b", "attribute.foo", "`tags`.t",
]

LOGGED_IDENTIFIERS = [
    "name", "model_id", "model_type", "status", "source_run_id", "creation_time", "creation_timestamp",
    "last_updated_timestamp", "last_updated_time", "attributes.name", "attributes.creation_timestamp",
    "attributes.creation_time", "attribute.name", "attr.name", "metrics.m", "metric.m", "params.p",
    "param.p", "tags.t", "tag.t", "metrics.a.b", "metrics.`a b`", "params.`a.b`", "`name`",
    "experiment_id", "foo", "foo.bar", "Metrics.m", "datasets.name", "dataset.name", "tags.mlflow.user",
]

WHOLE_LOGGED = [
    "", "metrics.a > 1", "metrics.a > 1 AND params.b = 'x'", "metrics.a > 1 OR metrics.b > 2",
    "metrics.a > 1; metrics.b > 2", "metrics.a >", "foo", "params.lr = 0.01", "params.a = x",
    "params.a = 'x'", "params.a LIKE 'x%'", "params.a like 'x%'", "params.a ilike 'X%'", "tags.a IN ('x', 'y')",
    "params.a NOT IN ('x')", "params.a in ('x')", "name IN ('a')", "name IN ('a', 'b')", "name NOT IN ('a')",
    "metrics.a IN (1)", "metrics.a LIKE 'x'", "metrics.a > 'x'", "metrics.a > x", "metrics.a = -1.5",
    "metrics.a = nan", "creation_time > 1", "creation_timestamp > 1.5", "creation_time = 'x'",
    "creation_time IN (1)", "last_updated_timestamp < 5", "name > 'x'", "params.a > 1", "params.a > 'x'",
    "tags.a IS NULL", "params.a IS NOT NULL", "name IS NULL", "(metrics.a > 1)", "metrics.a > 1 AND",
    "status = 'READY'", "model_type = 'Agent'", "source_run_id = 'abc'", "name == 'x'", "name <> 'x'",
    "name = ''", "name = 'a' AND name = 'b'", "name = 1", "tag.a = 'x'", "metric.a > 1",
    "metrics.a > 1 and metrics.b > 2", "name = 'it''s'", "name IN ()", "name IN (1, 2)", "name = 'a' -- c",
]

ORDER_RUNS = [
    ["metrics.a"], ["metrics.a ASC"], ["metrics.a DESC"], ["metrics.a asc"], ["metrics.a desc"],
    ["metrics.a Desc"], ["params.b ASC"], ["tags.c DESC"], ["parameter.b"], ["metric.a"], ["tag.c"],
    ["start_time"], ["start_time DESC"], ["end_time ASC"], ["run_name"], ["run_id desc"], ["status"],
    ["user_id"], ["artifact_uri"], ["created"], ["Created DESC"], ["attribute.start_time"],
    ["attributes.start_time DESC"], ["attr.end_time"], ["run.status"], ["`start_time`"],
    ["`start_time` DESC"], ["attributes.`start_time`"], ["`attributes`.start_time"], ['"start_time"'],
    ['"start_time" ASC'], ["'start_time'"], ["`Run name`"], ["`run name` DESC"], ["`Created`"],
    ["metrics.`a b`"], ["metrics.`a b` DESC"], ['metrics."a b" ASC'], ["metrics.'a b'"], ["metrics.'a b' DESC"],
    ["metrics.`a.b`"], ["metrics.a.b DESC"], ["metrics.`a/b` ASC"], ["metrics.a/b"], ["metrics.a-b DESC"],
    ["`metrics`.`a b`"], ["`metrics`.`a b` ASC"], ["`metrics.a`"], ['"metrics".a'], ["Metrics.a"],
    ["foo"], ["foo DESC"], ["foo.bar"], ["metrics"], [""], [" "], ["metrics.a  DESC"], ["metrics.a\tDESC"],
    ["metrics.a DESC extra"], ["metrics.a foo"], ["metrics.a DESC ASC"], ["metrics.a DESC NULLS LAST"],
    ["metrics.a ASCENDING"], ["DESC"], ["metrics.a, metrics.b"], ["metrics.a;"], ["metrics.a > 1"],
    ["metrics.a = 1 DESC"], ["1"], ["1 DESC"], ["metrics.1"], ["metrics."], ["dataset.name"],
    ["dataset.foo"], ["metrics.a", "params.b DESC"], ["metrics.a", "metrics.a DESC"],
    ["start_time", "created"], ["start_time DESC", "metrics.a"], ["metrics.a", "tags.a"], ["metrics.é DESC"],
    ["metrics.日本"], ["params.order"], ["params.desc"], ["params.desc DESC"], ["metrics.a AS b"],
    ["metrics.`it's`"], ["metrics.`it's` DESC"], ["(metrics.a)"], ["f(x)"], ["metrics.a -- c"],
    ["metrics.`a` `b`"], ["timestamp"], ["lifecycle_stage"], ["run_uuid"], ["metrics.a@b DESC"], ["metrics._a DESC"],
]

ORDER_RECORDS = [
    ["name"], ["name ASC"], ["name DESC"], ["name desc"], ["creation_time"], ["creation_time DESC"],
    ["last_update_time ASC"], ["experiment_id"], ["experiment_id DESC"], ["attribute.name"],
    ["attribute.name DESC"], ["attributes.name"], ["tags.a"], ["tag.a DESC"], ["`name`"], ["`name` DESC"],
    ['"name" ASC'], ["foo"], ["foo.bar"], [""], ["name foo"], ["name DESC foo"], ["name, foo"], ["Name"],
    ["name", "name DESC"], ["name", "creation_time"], ["creation_timestamp"], ["creation_timestamp DESC"],
    ["last_updated_timestamp"], ["last_updated_timestamp DESC"], ["timestamp"], ["timestamp DESC"],
    ["timestamp foo"], ["timestamp", "last_updated_timestamp"], ["version_number"], ["version_number DESC"],
    ["version"], ["name ASC", "version_number DESC"], ["version_number", "version_number ASC"], ["metrics.a"],
    ["run_id"], ["name > 1"], ["'name'"], ["attribute.version_number ASC"], ["description"],
]

ORDER_LOGGED = [
    [{"field_name": "name"}], [{"field_name": "creation_timestamp", "ascending": False}],
    [{"field_name": "creation_time"}], [{"field_name": "metrics.a"}],
    [{"field_name": "metrics.a", "ascending": False, "dataset_name": "d"}],
    [{"field_name": "metrics.a.b", "dataset_name": "d", "dataset_digest": "x"}],
    [{"field_name": "params.a"}], [{"field_name": "foo"}], [{"field_name": "foo.bar"}],
    [{"field_name": "last_updated_timestamp"}], [{"field_name": "model_id"}], [{"field_name": "status"}],
    [{"field_name": "name"}, {"field_name": "metrics.a"}], [],
]


def filters_for(identifiers, probes, whole):
    texts = list(whole)
    for identifier in identifiers:
        texts += [f"{identifier} = 'x'", f"{identifier} > 1"]
    for probe in probes:
        number = probe in ("metrics.m", "start_time", "creation_time", "version_number")
        texts += [f"{probe} {op} {1 if number else repr('x')}" for op in OPERATORS]
        texts += [f"{probe} = {value}" for value in VALUES]
    return texts


def list_filters(probes):
    return [f"{probe} {op} {text}" for probe, op in probes for text in LISTS]


FILTERS = {
    "runs": filters_for(
        RUN_IDENTIFIERS, ["metrics.m", "params.p", "status", "start_time", "dataset.name"], WHOLE_RUNS
    )
    + list_filters([("run_id", "IN"), ("dataset.digest", "NOT IN")]),
    "experiments": filters_for(EXPERIMENT_IDENTIFIERS, ["name", "tags.t", "creation_time"], WHOLE_RECORDS),
    "registered-models": filters_for(EXPERIMENT_IDENTIFIERS, ["name", "tags.t"], WHOLE_RECORDS)
    + list_filters([("name", "IN")]),
    "model-versions": filters_for(VERSION_IDENTIFIERS, ["name", "version_number", "tags.t"], WHOLE_RECORDS)
    + list_filters([("run_id", "IN")]),
    "logged-models": filters_for(LOGGED_IDENTIFIERS, ["metrics.m", "params.p", "name"], WHOLE_LOGGED)
    + list_filters([("name", "IN")]),
}

ORDERS = {
    "runs": ORDER_RUNS,
    "experiments": ORDER_RECORDS,
    "registered-models": ORDER_RECORDS,
    "model-versions": ORDER_RECORDS,
    "logged-models": ORDER_LOGGED,
}

# --- answers -----------------------------------------------------------------------------

LOGGED_NAMES = {
    "creation_timestamp_ms": "creation_timestamp",
    "last_updated_timestamp_ms": "last_updated_timestamp",
    "last_updated_time": "last_updated_timestamp",
}
ENTITY_NAMES = {
    "parameter": "param",
    "attributes": "attribute",
    "metrics": "metric",
    "params": "param",
    "tags": "tag",
}


def condition(entity, key, operator, value):
    entity = ENTITY_NAMES.get(entity, entity)
    if entity == "metric" and isinstance(value, str):
        value = float(value)
    if isinstance(value, tuple):
        value = list(value)
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    return [entity, key, operator.upper(), value]


def parse(kind, text):
    if kind == "logged-models":
        return [
            condition(c.entity.type.value, LOGGED_NAMES.get(c.entity.key, c.entity.key), c.op, c.value)
            for c in parse_filter_string(text)
        ]
    parser = {
        "runs": SearchUtils,
        "experiments": SearchExperimentsUtils,
        "registered-models": SearchModelUtils,
        "model-versions": SearchModelVersionUtils,
    }[kind]
    return [
        condition(c["type"], SearchUtils.translate_key_alias(c["key"]), c["comparator"], c["value"])
        for c in parser.parse_search_filter(text)
    ]


def search(stores, kind, text=None, order_by=None):
    tracking, registry = stores
    if kind == "runs":
        tracking.search_runs(["0"], text, ViewType.ALL, 10, order_by)
    elif kind == "experiments":
        tracking.search_experiments(ViewType.ALL, 10, text, order_by)
    elif kind == "registered-models":
        registry.search_registered_models(text, 10, order_by)
    elif kind == "model-versions":
        registry.search_model_versions(text, 10, order_by)
    else:
        tracking.search_logged_models(["0"], text, None, 10, order_by)


def outcome(action):
    """The result, or the refusal in MLflow's words, or the kind of crash."""
    try:
        return {"ok": action()}
    except MlflowException as error:
        if "sqlalche.me" in error.message or "sqlite3" in error.message:
            return {"crash": "database"}
        return {"error": [error.error_code, error.message]}
    except Exception as error:
        return {"crash": type(error).__name__}


def filter_case(stores, kind, text):
    def act():
        parsed = parse(kind, text)
        search(stores, kind, text=text)
        return parsed

    return {"kind": kind, "filter": text, **outcome(act)}


def order_case(stores, kind, clauses):
    def parsed(clause):
        if kind == "runs":
            entity, key, ascending = SearchUtils.parse_order_by_for_search_runs(clause)
            return [ENTITY_NAMES.get(entity, entity), SearchUtils.translate_key_alias(key), ascending]
        if kind == "registered-models":
            key, ascending = SearchUtils.parse_order_by_for_search_registered_models(clause)
            return ["attribute", key, ascending]
        if kind == "logged-models":
            entity, _, key = clause["field_name"].rpartition("metrics.")
            return ["metric" if entity or "." in clause["field_name"] else "attribute", key,
                    clause.get("ascending", True)]
        utils, name = {
            "experiments": (SearchExperimentsUtils, "parse_order_by_for_search_experiments"),
            "model-versions": (SearchModelVersionUtils, "parse_order_by_for_search_model_versions"),
        }[kind]
        entity, key, ascending = getattr(utils, name)(clause)
        return [entity, key, ascending]

    def act():
        search(stores, kind, order_by=clauses)
        return [parsed(clause) for clause in clauses]

    return {"kind": kind, "order_by": clauses, **outcome(act)}


def main():
    with tempfile.TemporaryDirectory() as folder:
        uri = f"sqlite:///{folder}/{uuid.uuid4().hex}.db"
        stores = Tracking(uri, folder), Registry(uri)
        cases = []
        for kind, texts in FILTERS.items():
            cases += [filter_case(stores, kind, text) for text in dict.fromkeys(texts)]
        orders = [order_case(stores, kind, c) for kind, lists in ORDERS.items() for c in lists]
    head = {"mlflow": mlflow.__version__}
    lines = [json.dumps(line, ensure_ascii=False) for line in [head, *cases, *orders]]
    (HERE / "search-cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(cases), "filters,", len(orders), "order_bys")


main()
