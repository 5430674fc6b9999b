"""The shape of the code: which module may import which, and where the outside world may be touched at all."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from sys import stdlib_module_names

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "mem0g"

VALUES = {"errors", "period", "model"}
READING = VALUES | {"ports", "results"}

MAY_IMPORT: dict[str, set[str]] = {
    # A module or a package, and what it may import beside itself. Of two names that fit a module, the longer one counts.
    "errors": set(),
    "period": {"errors"},
    "model": {"errors", "period"},
    "addresses": set(),
    "settings": {"errors"},
    "time_expressions": {"period"},
    "ports": VALUES | {"ontology"},
    "results": VALUES,
    "times": {"errors", "period", "time_expressions"},
    "ledger_file": VALUES,
    "ontology": VALUES,
    "spending": {"errors", "ports"},
    "prompts": {"errors", "model"},
    "stores.contract": VALUES | {"ports"},
    "stores": VALUES | {"ports", "addresses"},
    "providers": VALUES | {"ports", "time_expressions"},
    "ingestion": VALUES | {"ontology", "ports", "prompts", "time_expressions"},
    "ingestion.pipeline": VALUES | {"ontology", "ports", "spending", "ingestion", "providers.caching"},
    "models": {"errors", "ports", "settings", "ingestion.llm_extraction", "providers.offline", "providers.openai"},
    "retrieval": READING
    | {"time_expressions", "ingestion.flavours"}
    | {
        "ingestion.naming",
        "ingestion.predicates",
        "ingestion.resolution",
        "ingestion.stating",
        "ingestion.timeline",
        "ingestion.writing",
        "prompts",
    },
    "memory": READING | {"models", "settings", "spending", "ontology", "ledger_file", "ingestion", "retrieval", "stores.opening"},
    "async_memory": READING | {"memory", "ontology", "ingestion.flavours", "retrieval.reranking"},
    "": READING | {"memory", "async_memory", "retrieval.reranking", "times"},
    "notebook": READING | {"memory"},
    "evaluation": READING | {"memory", "ingestion.predicates", "stores.opening"},
    "evaluation.evidence": READING
    | {"memory", "evaluation", "retrieval.question", "retrieval.reading", "retrieval.search", "stores.opening"},
    "evaluation.benchmark": READING
    | {"memory", "evaluation.locomo_data", "ingestion.flavours", "prompts", "providers.vectors", "stores.opening"},
    "evaluation.benchmark.picture": {"evaluation.benchmark", "notebook.picture", "prompts"},
    "testing": VALUES | {"ports", "stores.contract", "providers.contract", "providers.vectors"},
    "cli": READING
    | {"addresses", "settings", "memory", "evaluation", "ingestion.episodes", "ledger_file", "stores.opening"}
    | {"cli.benchmark", "cli.browser", "cli.demo", "cli.evidence", "cli.meanings"},
    "cli.benchmark": READING | {"cli", "cli.meanings", "evaluation", "providers.openai", "settings"},
    "cli.browser": {"addresses", "errors", "model", "period", "stores.queries"},
    "cli.demo": READING | {"addresses", "cli", "memory", "providers.offline"},
    "cli.evidence": READING | {"cli", "settings", "evaluation", "providers.caching", "providers.offline"},
    "cli.meanings": READING | {"cli", "settings", "memory", "providers"},
    "__main__": {"cli"},
}

VENDORS: dict[str, set[str]] = {
    # What is installed, and sqlite3, and the modules or packages that import it. An import for annotations alone is free.
    "click": {"cli"},
    "dateparser": {"time_expressions.dates"},
    "huggingface_hub": {"providers.minilm_files"},
    "matplotlib": {"notebook", "evaluation.benchmark.picture"},
    "neo4j": {"stores.neo4j_server"},
    "networkx": {"cli.networks", "retrieval.networks", "retrieval.walk"},
    "numpy": {
        "evaluation.baselines",
        "evaluation.benchmark.intervals",
        "evaluation.benchmark.systems",
        "providers.bert",
        "providers.caching",
        "providers.contract",
        "providers.minilm",
        "providers.vectors",
        "stores.contract.samples",
        "stores.contract.vectors",
        "stores.neo4j_writing",
        "stores.sqlite_nearest",
    },
    "openai": {"providers.openai"},
    "pydantic": {
        "evaluation.benchmark.journal",
        "evaluation.gold",
        "ledger_file",
        "ontology",
        "prompts",
        "providers.chat",
        "providers.openai_embeddings",
    },
    "rapidfuzz": {"ingestion.likeness"},
    "rich": {"cli.tables"},
    "snowballstemmer": {"stores.neo4j_rows"},
    "safetensors": {"providers.minilm"},
    "scipy": {"providers.bert"},
    "spacy": {"providers.offline.parser"},
    "sqlite3": {"stores.sqlite_file"},
    "tokenizers": {"providers.minilm"},
}

CHANCE = {"random": {"evaluation.as_of", "ingestion.writing"}, "secrets": set[str]()}
"""What draws numbers by chance. Ids are never drawn: the same ledger gives the same ids."""

CLOCK = "memory.system_clock"
"""The one function that asks what time it is. `time.perf_counter` measures, and is free."""


@dataclass(frozen=True)
class Import:
    """One name that a module imports, dotted."""

    node: ast.stmt
    target: str
    for_annotations: bool


@dataclass(frozen=True)
class Module:
    """A module of the package; its name leaves `mem0g.` out."""

    name: str
    path: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> list[Import]:
        """All of them, in functions and in `if TYPE_CHECKING` too."""
        blocks = (node for node in self.nodes if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
        annotations = {id(node) for block in blocks for node in ast.walk(block)}
        return [
            Import(
                node, name.name if isinstance(node, ast.Import) else f"{'.' * node.level}{node.module}.{name.name}", id(node) in annotations
            )
            for node in self.nodes
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in node.names
        ]

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def is_in(self, places: Iterable[str]) -> bool:
        return any(is_inside(self.name, place) for place in places)


def is_inside(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def module(path: str, source: str) -> Module:
    parts = Path(path).with_suffix("").parts[1:]
    return Module(".".join(parts).removesuffix("__init__").removesuffix("."), path, ast.parse(source))


MODULES = [module(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in sorted((ROOT / PACKAGE).rglob("*.py"))]
NAMES = {found.name for found in MODULES}


def own_imports(importer: Module) -> Iterator[tuple[ast.stmt, str]]:
    """The modules of the package that it imports, by name."""
    for found in importer.imports:
        package, _, name = found.target.partition(".")
        if package == PACKAGE:
            yield found.node, name if name in NAMES else name.rpartition(".")[0]


def layer(name: str) -> str | None:
    return max((place for place in MAY_IMPORT if is_inside(name, place)), key=len, default=None)


def where(node: ast.AST, importer: Module) -> str:
    """The dotted name of the function or class that a node stands in."""
    scopes = [
        scope.name
        for scope in importer.nodes
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and any(inner is node for inner in ast.walk(scope))
    ]
    return ".".join([importer.name, *scopes])


# Every rule yields what breaks it, as "file:line: what, and what to do".


def dependencies_point_one_way(importer: Module) -> Iterator[str]:
    own = layer(importer.name)
    if own is None:
        yield f"{importer.path}:1: {importer.name} is in no layer: add it to MAY_IMPORT"
        return
    for node, name in own_imports(importer):
        if layer(name) != own and not any(is_inside(name, place) for place in MAY_IMPORT[own]):
            yield f"{importer.at(node)}: {own or PACKAGE} may not import {name}: see MAY_IMPORT"


def vendors_stay_in_their_modules(importer: Module) -> Iterator[str]:
    for found in importer.imports:
        vendor = found.target.partition(".")[0]
        if vendor.startswith(PACKAGE) or (vendor in stdlib_module_names and vendor not in VENDORS) or found.for_annotations:
            continue
        if not importer.is_in(VENDORS.get(vendor, ())):
            places = ", ".join(sorted(VENDORS.get(vendor, ()))) or "nowhere yet"
            yield f"{importer.at(found.node)}: {vendor} may be imported by: {places}"


def imports_are_absolute(importer: Module) -> Iterator[str]:
    for found in importer.imports:
        if found.target.startswith("."):
            yield f"{importer.at(found.node)}: write `{PACKAGE}.…` instead of `{found.target}`"


def only_settings_read_the_environment(importer: Module) -> Iterator[str]:
    for node in importer.nodes:
        read = (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv", "getenvb", "_environ"}) or (
            isinstance(node, ast.ImportFrom) and node.module == "os" and any("env" in name.name for name in node.names)
        )
        if (read or (isinstance(node, ast.keyword) and node.arg in {"envvar", "auto_envvar_prefix"})) and importer.name != "settings":
            yield f"{importer.at(node)}: the environment is read in settings.py only"


def only_the_clock_reads_the_time(importer: Module) -> Iterator[str]:
    for node in importer.nodes:
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        now = re.fullmatch(r"(.*\.)?(datetime|date)\.(now|utcnow|today)", called)
        seconds = re.fullmatch(r"time\.(time|time_ns|localtime|gmtime|ctime|strftime)", called)
        if (now or seconds) and where(node, importer) != CLOCK:
            yield f"{importer.at(node)}: {called}() reads the time: take a clock, or use {CLOCK}"


def nothing_is_left_to_chance(importer: Module) -> Iterator[str]:
    for found in importer.imports:
        source, _, name = found.target.partition(".")
        if source in CHANCE and not importer.is_in(CHANCE[source]):
            yield f"{importer.at(found.node)}: {source} is not for {importer.name}: ids and answers follow from the ledger"
        if name in {"uuid1", "uuid4", "uuid6", "uuid7", "uuid8", "urandom"}:
            yield f"{importer.at(found.node)}: {name} draws an id by chance: derive it with model.identifier"
    for node in importer.nodes:
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"uuid.uuid1", "uuid.uuid4", "uuid.uuid7", "os.urandom"}:
            yield f"{importer.at(node)}: {ast.unparse(node)} draws by chance: derive ids with model.identifier"


def broad_handlers_raise_again(importer: Module) -> Iterator[str]:
    broad = {"Exception", "BaseException"}
    for node in importer.nodes:
        if isinstance(node, ast.ExceptHandler):
            caught = {"BaseException"} if node.type is None else {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
            again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if caught & broad and not again:
                yield f"{importer.at(node)}: name the errors that are expected here, or end with `raise`"
        elif isinstance(node, ast.Call) and broad & {ast.unparse(name) for name in node.args} and "suppress" in ast.unparse(node.func):
            yield f"{importer.at(node)}: name the errors that are expected here"


SQL = re.compile(
    r"\s*(SELECT|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|CREATE (VIRTUAL |UNIQUE )?(TABLE|INDEX)|PRAGMA|BEGIN|VACUUM)\b"
)
CYPHER = re.compile(r"\b(MATCH|MERGE|CREATE)\s*\(\w*[:)]|\bCYPHER 25\b|\bUNWIND \$")


def queries_stay_in_the_stores(importer: Module) -> Iterator[str]:
    for node in importer.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if SQL.match(node.value) and not importer.name.startswith("stores.sqlite"):
                yield f"{importer.at(node)}: SQL belongs to stores/sqlite*.py"
            if CYPHER.search(node.value):
                yield f"{importer.at(node)}: Cypher belongs to cypher/, one statement per file"


def names_say_what_is_inside(importer: Module) -> Iterator[str]:
    empty = {"base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
    for part in empty.intersection(importer.name.split(".")):
        yield f"{importer.path}:1: a module named {part} says nothing of what is inside: name its theme"


RULES: list[Callable[[Module], Iterator[str]]] = [
    dependencies_point_one_way,
    vendors_stay_in_their_modules,
    imports_are_absolute,
    only_settings_read_the_environment,
    only_the_clock_reads_the_time,
    nothing_is_left_to_chance,
    broad_handlers_raise_again,
    queries_stay_in_the_stores,
    names_say_what_is_inside,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps(rule: Callable[[Module], Iterator[str]]) -> None:
    broken = dict.fromkeys(line for each in MODULES for line in rule(each))
    assert not broken, "\n" + "\n".join(broken)


def first_cycle(modules: Iterable[Module]) -> str | None:
    """The first circle of imports, of those in functions too, with the place of each."""
    places = {(each.name, name): each.at(node) for each in modules for node, name in own_imports(each)}
    graph: dict[str, set[str]] = {}
    for importer, name in places:
        graph.setdefault(importer, set()).add(name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1][::-1]
        return "\n".join(f"{places[step]}: {step[0]} imports {step[1]}" for step in pairwise(circle))
    return None


def test_imports_run_in_no_circle() -> None:
    circle = first_cycle(MODULES)
    assert circle is None, f"\n{circle}"


@pytest.mark.parametrize("places", [MAY_IMPORT, *MAY_IMPORT.values(), *VENDORS.values(), *CHANCE.values()], ids=str)
def test_the_tables_name_what_exists(places: Iterable[str]) -> None:
    assert [place for place in places if not any(is_inside(name, place) for name in NAMES)] == []


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (dependencies_point_one_way, "mem0g/model.py", "import mem0g.memory"),
        (dependencies_point_one_way, "mem0g/ingestion/conflict.py", "def late():\n    from mem0g.retrieval import walk"),
        (dependencies_point_one_way, "mem0g/ingestion/conflict.py", "from mem0g.retrieval.walk import walk"),
        (dependencies_point_one_way, "mem0g/stores/sqlite.py", "from mem0g.stores.contract import samples"),
        (dependencies_point_one_way, "mem0g/dreams.py", ""),
        (vendors_stay_in_their_modules, "mem0g/stores/sqlite.py", "from sqlite3 import Row"),
        (vendors_stay_in_their_modules, "mem0g/model.py", "def late():\n    import openai"),
        (imports_are_absolute, "mem0g/memory.py", "from . import model"),
        (only_settings_read_the_environment, "mem0g/memory.py", "import os\nos.environ['A']"),
        (only_settings_read_the_environment, "mem0g/memory.py", "from os import getenv"),
        (only_settings_read_the_environment, "mem0g/cli/request.py", "click.option('--db', envvar='MEM0G_DB')"),
        (only_the_clock_reads_the_time, "mem0g/memory.py", "def now(): return datetime.now(UTC)"),
        (only_the_clock_reads_the_time, "mem0g/ingestion/view.py", "started = time.time()"),
        (nothing_is_left_to_chance, "mem0g/model.py", "from uuid import uuid4"),
        (nothing_is_left_to_chance, "mem0g/model.py", "import random"),
        (broad_handlers_raise_again, "mem0g/memory.py", "try: pass\nexcept: pass"),
        (broad_handlers_raise_again, "mem0g/memory.py", "try: pass\nexcept (OSError, Exception) as error: raise Other from error"),
        (broad_handlers_raise_again, "mem0g/memory.py", "with contextlib.suppress(Exception): pass"),
        (queries_stay_in_the_stores, "mem0g/memory.py", "store.run(f'SELECT {name}')"),
        (queries_stay_in_the_stores, "mem0g/stores/neo4j.py", "run('MATCH (e:Entity) RETURN e')"),
        (names_say_what_is_inside, "mem0g/stores/utils.py", ""),
    ],
)
def test_what_breaks_a_rule_is_found(rule: Callable[[Module], Iterator[str]], path: str, source: str) -> None:
    (found,) = rule(module(path, source))
    assert re.match(rf"{path}:\d+: ", found)


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (vendors_stay_in_their_modules, "mem0g/memory.py", "if TYPE_CHECKING:\n    import networkx"),
        (only_the_clock_reads_the_time, "mem0g/memory.py", "def system_clock(): return datetime.now(UTC)"),
        (only_the_clock_reads_the_time, "mem0g/cli/demo.py", "began = time.perf_counter()"),
        (broad_handlers_raise_again, "mem0g/memory.py", "try: pass\nexcept BaseException:\n    undo()\n    raise"),
        (queries_stay_in_the_stores, "mem0g/stores/sqlite.py", "run('SELECT id FROM words WHERE words MATCH (?)')"),
    ],
)
def test_what_keeps_a_rule_is_left_alone(rule: Callable[[Module], Iterator[str]], path: str, source: str) -> None:
    assert list(rule(module(path, source))) == []


def test_a_circle_is_found() -> None:
    one = module("mem0g/period.py", "def late():\n    from mem0g.model import Fact")
    two = module("mem0g/model.py", "import mem0g.period")
    assert first_cycle([one, two]) in {
        "mem0g/period.py:2: period imports model\nmem0g/model.py:1: model imports period",
        "mem0g/model.py:1: model imports period\nmem0g/period.py:2: period imports model",
    }
