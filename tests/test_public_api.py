"""What users may rely on: the names, the signatures, the errors, and that nothing heavy loads before it is needed."""

import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from inspect import Parameter
from types import ModuleType

import pytest

import mem0g
import mem0g.notebook
import mem0g.ontology
import mem0g.testing
from mem0g import AsyncMemory, Memory, errors, model, ports, results
from mem0g.stores import neo4j
from mem0g.stores.neo4j import Limits, Neo4jStore

GRAPH = "user_id=None, agent_id=None, run_id=None"

MEMORY = {
    # The contract of issue 3: every method of `Memory`, with its parameters as a caller writes them.
    "add": f"messages, *, {GRAPH}, occurred_at=None, episode_id=None, metadata=None, progress=None",
    "add_fact": (
        f"subject, predicate, object, *, {GRAPH}, valid_at=None, invalid_at=None, occurred_at=None, holder=None, text=None, "
        "negated=False, event=False, exclusive=None, corrects=None, episode_id=None, metadata=None"
    ),
    "answer": f"question, *, {GRAPH}, as_of=None, known_at=None, holder=None, read_times=True",
    "close": "",
    "diff": f"start, end, *, {GRAPH}",
    "embed": f"*, {GRAPH}, progress=None",
    "embedding": f"*, {GRAPH}",
    "episodes": f"*, {GRAPH}",
    "export": f"path, *, {GRAPH}",
    "facts": f"*, {GRAPH}, subject=None, predicate=None, object=None, as_of=None, known_at=None, holder=None",
    "forget": f"*, {GRAPH}, episode_id=None, entity=None, everything=False, dry_run=False",
    "graph": f"*, {GRAPH}, as_of=None, known_at=None",
    "graphs": "",
    "load": "path, *, progress=None",
    "merges": f"*, {GRAPH}",
    "reembed": f"*, {GRAPH}, progress=None",
    "retract": f"id, *, reason, {GRAPH}, occurred_at=None",
    "retry": f"*, {GRAPH}, progress=None",
    "search": f"question, *, {GRAPH}, as_of=None, known_at=None, holder=None, read_times=True, limit=10, token_budget=None",
    "summarise": f"*, {GRAPH}",
    "summary": f"*, {GRAPH}",
    "timeline": f"entity, *, {GRAPH}, predicate=None, holder=None",
    "unmerge": f"name, other, *, reason, {GRAPH}",
    "usage": "",
    "why": f"id, *, {GRAPH}",
}

IN = "user=None, password=None, token=None, database=None, limits=None"

NEO4J = {
    # What is set for a Neo4j server, in Python alone: an address holds a user and a password, and no more.
    Neo4jStore: f"uri, *, {IN}, exact_up_to=1000",
    Neo4jStore.init: f"uri, *, dimension=384, replace=False, vector_indexes=True, {IN}",
    Limits: "connections=100, acquisition_timeout=60.0, connection_timeout=10.0, retry_timeout=30.0, query_timeout=600.0",
}

HEAVY = {"click", "dateparser", "matplotlib", "neo4j", "networkx", "numpy", "pydantic", "rapidfuzz", "rich", "spacy"}


def public(owner: object) -> dict[str, object]:
    return {name: value for name, value in vars(owner).items() if not name.startswith("_")}


def as_called(method: Callable[..., object]) -> str:
    """A signature without `self` and without types."""
    bare = [parameter.replace(annotation=Parameter.empty) for parameter in inspect.signature(method).parameters.values()]
    return str(inspect.Signature([parameter for parameter in bare if parameter.name != "self"]))[1:-1]


def defined_in(module: ModuleType) -> dict[str, object]:
    """The public classes and functions that a module itself defines."""
    return {name: value for name, value in public(module).items() if getattr(value, "__module__", None) == module.__name__}


@pytest.mark.parametrize("module", [mem0g, errors, mem0g.notebook, mem0g.ontology, neo4j], ids=lambda module: module.__name__)
def test_all_names_are_exported_and_sorted(module: ModuleType) -> None:
    assert module.__all__ == sorted(module.__all__)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


def test_nothing_else_is_public() -> None:
    names = {name for name, value in public(mem0g).items() if not isinstance(value, ModuleType)}
    assert names <= set(mem0g.__all__)


@pytest.mark.parametrize("name", mem0g.__all__)
def test_a_public_name_is_exported_by_the_module_that_defines_it(name: str) -> None:
    value = getattr(mem0g, name)
    assert getattr(sys.modules[value.__module__], name) is value
    assert value.__module__.startswith("mem0g.")


def test_whatever_an_answer_holds_can_be_named() -> None:
    assert set(defined_in(results)) - {"valid_words"} <= set(mem0g.__all__)


# Signatures


def test_the_methods_of_memory_are_the_contract() -> None:
    assert {name: as_called(method) for name, method in public(Memory).items() if callable(method)} == MEMORY


@pytest.mark.parametrize("made", NEO4J, ids=lambda made: made.__qualname__)
def test_what_can_be_set_for_a_neo4j_server_is_the_contract(made: Callable[..., object]) -> None:
    assert as_called(made) == NEO4J[made]


@pytest.mark.parametrize("name", MEMORY)
def test_the_same_method_is_a_coroutine_of_async_memory(name: str) -> None:
    method = getattr(AsyncMemory, name)
    assert inspect.iscoroutinefunction(method)
    assert inspect.signature(method) == inspect.signature(getattr(Memory, name))
    assert method.__doc__ == getattr(Memory, name).__doc__


def test_async_memory_has_no_other_methods() -> None:
    assert set(public(AsyncMemory)) == set(MEMORY)
    assert inspect.signature(AsyncMemory) == inspect.signature(Memory)


# Docstrings


DOCUMENTED = {
    f"{module.__name__}.{name}": value
    for module in (
        errors,
        model,
        ports,
        results,
        mem0g.ontology,
        mem0g.testing,
        sys.modules["mem0g.memory"],
        sys.modules["mem0g.async_memory"],
    )
    for name, value in defined_in(module).items()
    if inspect.isclass(value) or inspect.isfunction(value)
} | {f"{neo4j.__name__}.{made.__name__}": made for made in (Limits, Neo4jStore)}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_everything_public_says_what_it_is(name: str) -> None:
    value = DOCUMENTED[name]
    says_nothing = [
        f"{name}.{inner}"
        for inner, method in public(value).items()
        if (inspect.isfunction(method) or isinstance(method, property)) and not method.__doc__
    ]
    doc = value.__doc__ or ""
    if not doc or doc.startswith(f"{name.rpartition('.')[2]}("):  # what a dataclass writes for itself
        says_nothing.append(name)
    assert says_nothing == []


# Errors


def tree_of_classes(root: type[BaseException], depth: int = 0) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Each error with its depth and the built-in error it also is, in the order of the source."""
    yield depth, root.__name__, tuple(base.__name__ for base in root.__bases__ if base.__module__ == "builtins" and base is not Exception)
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from tree_of_classes(child, depth + 1)


def tree_of_docstring() -> Iterator[tuple[int, str, tuple[str, ...]]]:
    for line in re.findall(r"^[ │├└─]*\w+(?: \(\w+\))?(?=$|  )", errors.__doc__ or "", re.MULTILINE):
        branch, name, builtin = re.fullmatch(r"([ │├└─]*)(\w+)(?: \((\w+)\))?", line).groups()  # type: ignore[union-attr]
        yield len(branch) // 4, name, (builtin,) if builtin else ()


def test_the_tree_of_errors_is_the_one_that_is_drawn() -> None:
    assert list(tree_of_docstring()) == list(tree_of_classes(mem0g.Mem0gError))


def test_every_error_is_exported() -> None:
    names = [name for _, name, _ in tree_of_classes(mem0g.Mem0gError)]
    assert set(names) == set(errors.__all__) == set(defined_in(errors))
    assert set(names) <= set(mem0g.__all__)
    assert "MemoryError" not in names


# Imports


def loaded_by(code: str) -> set[str]:
    """The packages a fresh interpreter has loaded after `code`."""
    report = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_import_loads_nothing_heavy() -> None:
    assert loaded_by("import mem0g") & HEAVY == set()


def test_facts_need_no_text_and_no_dates_in_words(tmp_path: object) -> None:
    code = f"from mem0g import Memory; Memory({str(tmp_path)!r} + '/m.db').add_fact('Alice', 'lives_in', 'Lisbon', user_id='alice')"
    assert loaded_by(code) & {"click", "dateparser", "numpy", "rich", "spacy"} == set()


@pytest.mark.parametrize("package", ["neo4j", "snowballstemmer"])
@pytest.mark.parametrize("code", ["mem0g.Memory('neo4j://here')", "import mem0g.stores.neo4j"])
def test_without_the_extra_neo4j_the_way_out_is_named(package: str, code: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; import mem0g; {code}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    told = f"mem0g.errors.MissingExtra: a memory in Neo4j needs the package {package}: pip install '/path/to/mem0g[neo4j]'"
    assert done.stderr.splitlines()[-1] == told
