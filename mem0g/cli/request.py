"""What every command is asked: which file, whose memory, at which times, and in which form the answer is wanted."""

import functools
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypedDict, TypeVar, get_args

import click

from mem0g.addresses import is_server, without_password
from mem0g.cli.ids import Ids
from mem0g.errors import MissingExtra, NotFound, StoreError
from mem0g.model import Scope
from mem0g.settings import Flavour, Settings

if TYPE_CHECKING:
    from mem0g.cli.meanings import Meanings
    from mem0g.cli.screen import Screen
    from mem0g.memory import Memory

P = ParamSpec("P")
R = TypeVar("R")


class Times(TypedDict):
    """The two coordinates of a question, as `Memory`'s methods take them."""

    as_of: str | None
    known_at: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """What the common options say.

    Attributes:
        db: the SQLite file, or the address of a Neo4j server.
        ids: whose memory is meant.
        as_json: whether a program reads the answer.
    """

    db: Path | str
    ids: Ids
    as_json: bool = False

    def writing(self, meanings: "Meanings | None" = None, max_calls: int | None = None, flavour: Flavour | None = None) -> "Memory":
        """The memory in the file, which is made where there is none; with an embedder where `meanings` asks for one.

        Args:
            max_calls: how often it may ask a language model.
            flavour: what it keeps; None for what the environment says.

        Raises:
            MissingExtra: they are required, and there is no embedder.
        """
        if meanings is None:
            from mem0g.memory import Memory  # noqa: PLC0415 - loads when a command needs it, and not for --help

            return Memory(self.db, max_calls=max_calls)
        from mem0g.cli.meanings import open_memory  # noqa: PLC0415 - loads Memory

        chosen = flavour or Settings.from_environment().flavour
        return open_memory(self.db, self.ids, meanings, max_calls=max_calls, flavour=chosen)

    def reading(self, meanings: "Meanings | None" = None, max_calls: int | None = None, flavour: Flavour | None = None) -> "Memory":
        """The same; says on stderr where the file has no such graph.

        Raises:
            NotFound: there is no file.
            MissingExtra: meanings are required, and there is no embedder.
        """
        if isinstance(self.db, Path) and not self.db.exists():
            raise NotFound(f"there is no file {self.db}: name one with --db or MEM0G_DB, or begin one with `mem0g add`")
        memory = self.writing(meanings, max_calls, flavour)
        self._tell_of_unknown_graph(memory.graphs())
        return memory

    def tell_of_unknown_graph(self) -> None:
        """Say on stderr where the server holds no such graph, or why it could not be asked."""
        try:
            with self.writing() as memory:
                self._tell_of_unknown_graph(memory.graphs())
        except (StoreError, MissingExtra) as error:
            click.echo(f"mem0g: whether it holds {Scope.of(**self.ids).graph} was not found out: {error}", err=True)

    @property
    def shown_db(self) -> str:
        """`db` without a password."""
        return without_password(str(self.db))

    @property
    def screen(self) -> "Screen":
        """Where the answer goes."""
        from mem0g.cli.screen import open_screen  # noqa: PLC0415 - loads Rich

        return open_screen(as_json=self.as_json)

    def _tell_of_unknown_graph(self, graphs: list[str]) -> None:
        if any(self.ids.values()) and (graph := Scope.of(**self.ids).graph) not in graphs:
            shown = ", ".join(graphs[:5]) + (", …" if len(graphs) > 5 else "")
            click.echo(f"mem0g: {self.shown_db} holds nothing of {graph}; " + (f"it holds {shown}" if graphs else "it is empty"), err=True)


class Place(click.Path):
    """A file as a path; the address of a server as it is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """See `click.ParamType`."""
        return value if is_server(value) else super().convert(value, param, ctx)


_DB = click.option(
    "--db",
    type=Place(dir_okay=False, path_type=Path),
    help="The SQLite file, or neo4j://user:password@host.  [default: MEM0G_DB, else ./mem0g.db]",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
_IDS = (
    click.option("--user", "user_id", metavar="ID", help="Whose memory: this user's.  One of these three is needed."),
    click.option("--agent", "agent_id", metavar="ID", help="This agent's; beside --user, a label to filter by."),
    click.option("--run", "run_id", metavar="ID", help="This run's; beside one of the others, a label to filter by."),
)
_TIMES = (
    click.option("--as-of", metavar="TIME", help="What held then: 2026, 2026-03, 2026-03-05 or with a time.  [default: now]"),
    click.option("--known-at", metavar="TIME", help="As it was known then.  [default: everything known]"),
)
HOLDER = click.option("--holder", metavar="NAME", help="As this person has it.  [default: the record]")


def of_a_file(command: Callable[Concatenate[Request, P], R]) -> Callable[..., R]:
    """Give the command `--db` and `--json`, and a `Request` as its first argument."""

    @functools.wraps(command)
    def asked(*args: Any, db: Path | str | None, as_json: bool, **options: Any) -> R:
        ids = Ids(user_id=None, agent_id=None, run_id=None)
        return command(Request(db or _usual_place(), ids, as_json), *args, **options)

    return JSON(_DB(asked))


def of_a_graph(command: Callable[Concatenate[Request, P], R]) -> Callable[..., R]:
    """Give the command the options that name a graph beside those of `of_a_file`.

    Raises:
        click.UsageError: none of the three ids was given.
    """

    @functools.wraps(command)
    def asked(*args: Any, db: Path | str | None, as_json: bool, **options: Any) -> R:
        ids = Ids(user_id=options.pop("user_id"), agent_id=options.pop("agent_id"), run_id=options.pop("run_id"))
        if all(value is None for value in ids.values()):
            raise click.UsageError("give --user, --agent or --run: it names whose memory is meant; `mem0g graphs` lists what there is")
        return command(Request(db or _usual_place(), ids, as_json), *args, **options)

    return functools.reduce(lambda wrapped, option: option(wrapped), (JSON, _DB, *reversed(_IDS)), asked)


def _usual_place() -> Path | str:
    place = Settings.from_environment().database
    return place if is_server(place) else Path(place)


def at_two_times(command: Callable[..., R]) -> Callable[..., R]:
    """Give the command `--as-of` and `--known-at`, as one argument `times`."""

    @functools.wraps(command)
    def asked(*args: Any, as_of: str | None, known_at: str | None, **options: Any) -> R:
        return command(*args, times=Times(as_of=as_of, known_at=known_at), **options)

    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(_TIMES), asked)


def json_object(_context: click.Context, _parameter: click.Parameter, value: str | None) -> dict[str, object] | None:
    """A callback that reads an option's value as a JSON object.

    Raises:
        click.BadParameter: it is none.
    """
    if value is None:
        return None
    try:
        read = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise click.BadParameter(f"{value!r} is not JSON: {error}") from error
    if not isinstance(read, dict):
        raise click.BadParameter(f"""{value!r} is no JSON object: write one such as '{{"source": "mail"}}'""")
    return read


FLAVOUR = click.option(
    "--flavour",
    type=click.Choice(get_args(Flavour)),
    help="What is kept: a graph of entities, or sentences.  [default: MEM0G_FLAVOUR, else graph]",
)
METADATA = click.option("--metadata", metavar="JSON", callback=json_object, help="Your own values, kept with it: a JSON object.")


def is_terminal() -> bool:
    """Whether a person watches stderr."""
    return sys.stderr.isatty()
