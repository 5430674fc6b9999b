"""The commands. Each asks `Memory` and hands the answer to a screen; what it imports is light, so that `--help` is quick."""

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Literal

import click

from mem0g.cli.benchmark_command import CONVERSATIONS, DATA, locomo_answers
from mem0g.cli.failures import Program
from mem0g.cli.ids import whole, whole_fact_id
from mem0g.cli.messages import read_messages, read_stream
from mem0g.cli.request import FLAVOUR, HOLDER, JSON, METADATA, Place, Request, Times, at_two_times, of_a_file, of_a_graph
from mem0g.model import Scope, Value
from mem0g.settings import Flavour

if TYPE_CHECKING:
    from mem0g.memory import Memory, Messages

_FILE = click.Path(dir_okay=False, path_type=Path)
_EXISTING = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
_LINES = click.Path(exists=True, dir_okay=False, path_type=Path)
_SAID = click.option("--occurred-at", metavar="TIME", help="When it was said.  [default: now]")
_EPISODE = click.option("--episode-id", metavar="ID", help="The id to store it under.  [default: made from what it says]")
_MAX_CALLS = click.option(
    "--max-calls",
    type=click.IntRange(min=0),
    metavar="N",
    help="Ask a model so often at most; the rest stays pending.",
)
_AS_IS = click.option("--as-is", is_flag=True, help="Read no time and no name of a holder out of the question.")
_PREDICATE = click.option("--predicate", metavar="NAME", help="Only facts of this predicate: lives_in, …")


@click.group("mem0g", cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="mem0g", message="%(prog)s %(version)s")
def main() -> None:
    """A graph memory that knows what was true when, who said so, and when it came to know.

    Times are ISO text: 2026, 2026-03, 2026-03-05 or 2026-03-05T10:00:00Z. Begin with `mem0g demo`.
    """


@main.command()
@click.argument("file", type=_EXISTING, required=False)
@click.option("--text", help="Remember this text instead of a file.")
@_SAID
@_EPISODE
@METADATA
@_MAX_CALLS
@FLAVOUR
@of_a_graph
def add(
    request: Request,
    file: Path | None,
    *,
    text: str | None,
    occurred_at: str | None,
    episode_id: str | None,
    metadata: dict[str, object] | None,
    max_calls: int | None,
    flavour: Flavour | None,
) -> None:
    """Remember a conversation from a file, or a text.

    FILE has a message a line, as JSON; - reads standard input. A message has content, and may have role (user by default), name,
    occurred_at and id. Adding it again changes nothing.
    """
    from mem0g.cli.adding import add_messages  # noqa: PLC0415 - loads Memory

    messages = _given(file, text, Scope.of(**request.ids))
    with request.writing("made", max_calls, flavour) as memory:
        added = add_messages(memory, messages, request.ids, occurred_at=occurred_at, episode_id=episode_id, metadata=metadata)
    request.screen.added(added, memory.usage())


@main.command()
@_MAX_CALLS
@FLAVOUR
@of_a_graph
def retry(request: Request, max_calls: int | None, flavour: Flavour | None) -> None:
    """Read what is stored and could not be read so far."""
    from mem0g.cli.adding import read_pending  # noqa: PLC0415 - loads Memory

    with request.reading("made", max_calls, flavour) as memory:
        added = read_pending(memory, request.ids)
    request.screen.added(added, memory.usage())


@main.command("add-fact")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object", required=False)
@click.option("--value", "literal", is_flag=True, help="OBJECT is a literal (82 kg, a date, free text) and no entity.")
@click.option("--valid-at", metavar="TIME", help="From when on it holds.  [default: when it was said]")
@click.option("--invalid-at", metavar="TIME", help="From when on it no longer does.  [default: until further notice]")
@_SAID
@click.option("--holder", metavar="NAME", help="Whose view it is; kept apart from the record.")
@click.option("--text", help="The fact as a sentence.")
@click.option("--negated", is_flag=True, help="It does not hold; without OBJECT: none does.")
@click.option("--event", is_flag=True, help="It happened in the period that --valid-at names.")
@click.option("--exclusive/--many", default=None, help="One object at a time, or many.  [default: as the built-in table has it]")
@click.option("--corrects", metavar="ID", multiple=True, help="A fact or claim that was never so; may be given again.")
@_EPISODE
@METADATA
@FLAVOUR
@of_a_graph
def add_fact(
    request: Request,
    subject: str,
    predicate: str,
    object: str | None,
    *,
    literal: bool,
    valid_at: str | None,
    invalid_at: str | None,
    occurred_at: str | None,
    holder: str | None,
    text: str | None,
    negated: bool,
    event: bool,
    exclusive: bool | None,
    corrects: tuple[str, ...],
    episode_id: str | None,
    metadata: dict[str, object] | None,
    flavour: Flavour | None,
) -> None:
    """State a fact.

    For example: mem0g add-fact Alice lives_in Lisbon --valid-at 2026-02-26 --user alice
    """
    what = _object(object, literal=literal)
    with request.writing("made", flavour=flavour) as memory:
        added = memory.add_fact(
            subject, predicate, what, **request.ids, valid_at=valid_at, invalid_at=invalid_at, occurred_at=occurred_at, holder=holder,
            text=text, negated=negated, event=event, exclusive=exclusive, episode_id=episode_id, metadata=metadata,
            corrects=[whole_fact_id(id, memory, request.ids, holder) for id in corrects],
        )  # fmt: skip
    request.screen.added(added, memory.usage())


@main.command()
@click.option("--subject", metavar="NAME", help="Only facts about this entity.")
@_PREDICATE
@click.option("--object", metavar="NAME", help="Only facts with this object.")
@at_two_times
@HOLDER
@of_a_graph
def facts(request: Request, subject: str | None, predicate: str | None, object: str | None, times: Times, holder: str | None) -> None:
    """What is believed: now, or at the two times asked for."""
    with request.reading() as memory:
        found = memory.facts(**request.ids, subject=subject, predicate=predicate, object=object, **times, holder=holder)
    request.screen.facts(found)


@main.command()
@click.argument("entity")
@_PREDICATE
@HOLDER
@of_a_graph
def timeline(request: Request, entity: str, predicate: str | None, holder: str | None) -> None:
    """Every version of what was ever believed of ENTITY."""
    with request.reading() as memory:
        found = memory.timeline(entity, **request.ids, predicate=predicate, holder=holder)
    request.screen.timeline(entity, found)


@main.command()
@click.argument("start", metavar="T1")
@click.argument("end", metavar="T2")
@of_a_graph
def diff(request: Request, start: str, end: str) -> None:
    """What changed from T1 up to T2.

    In the world, as far as is known today, and in what was believed. A month or a year means its start.
    """
    with request.reading() as memory:
        request.screen.diff(memory.diff(start, end, **request.ids))


@main.command()
@click.argument("id")
@HOLDER
@of_a_graph
def why(request: Request, id: str, holder: str | None) -> None:
    """Where a fact comes from, and what became of it.

    Who said it, in what words, how that was judged against what else was said, and what it superseded.

    ID is that of a fact, or its first 8 characters as tables show them (with --holder, of a fact as that person has it), or a claim's.
    """
    with request.reading() as memory:
        request.screen.why(memory.why(whole_fact_id(id, memory, request.ids, holder), **request.ids))


@main.command()
@click.argument("question")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="At most so many facts, and so many messages.")
@click.option("--tokens", type=click.IntRange(min=1), metavar="N", help="Instead, what fits into a context of so many tokens.")
@click.option("--context", is_flag=True, help="Print the context: dated facts, what changed and quotes, for a prompt.")
@_AS_IS
@at_two_times
@HOLDER
@FLAVOUR
@of_a_graph
def search(
    request: Request,
    question: str,
    limit: int,
    tokens: int | None,
    times: Times,
    holder: str | None,
    flavour: Flavour | None,
    *,
    context: bool,
    as_is: bool,
) -> None:
    """The facts and messages that answer QUESTION best.

    Times in its words are understood: in February, last week, since 2021.
    """
    with request.reading("compared", flavour=flavour) as memory:
        found = memory.search(question, **request.ids, **times, holder=holder, read_times=not as_is, limit=limit, token_budget=tokens)
    show = request.screen.context if context else request.screen.search
    show(found)


@main.command()
@click.argument("question")
@_AS_IS
@_MAX_CALLS
@at_two_times
@HOLDER
@FLAVOUR
@of_a_graph
def answer(
    request: Request, question: str, *, as_is: bool, max_calls: int | None, times: Times, holder: str | None, flavour: Flavour | None
) -> None:
    """The answer to QUESTION, with what it rests on.

    By the language model that is configured; without one, questions of what is so, when, for how long, what changed and who believes
    what are answered from facts, and "Not known." is said to others.
    """
    with request.reading("compared", max_calls, flavour) as memory:
        found = memory.answer(question, **request.ids, **times, holder=holder, read_times=not as_is)
        request.screen.answered(found, memory.usage())


@main.command()
@click.option("--refresh", is_flag=True, help="Bring it up to the last message first; asks the language model.")
@_MAX_CALLS
@of_a_graph
def summary(request: Request, *, refresh: bool, max_calls: int | None) -> None:
    """What was said so far, in a few words of the language model.

    A language model that is configured makes it every 20 messages, and reads the next ones with it. It is no belief: no search finds it.
    """
    from mem0g.cli.adding import summarise  # noqa: PLC0415 - loads Memory

    with request.reading(max_calls=max_calls) as memory:
        found = summarise(memory, request.ids) if refresh else memory.summary(**request.ids)
    request.screen.summary(found, memory.usage())


@main.command()
@of_a_graph
def embed(request: Request) -> None:
    """Make the vectors that search needs to find by meaning.

    Those that are missing: of what was added without an embedder, or while it failed. MEM0G_EMBEDDER says by which: local or openai.
    """
    from mem0g.cli.adding import progress_of  # noqa: PLC0415 - loads Memory

    with request.reading("required") as memory, progress_of("embedding") as progress:
        made = memory.embed(**request.ids, progress=progress)
        request.screen.embedded(made, memory.embedding(**request.ids))


@main.command()
@of_a_graph
def reembed(request: Request) -> None:
    """Make all vectors anew, of whatever model they are."""
    from mem0g.cli.adding import progress_of  # noqa: PLC0415 - loads Memory

    with request.reading("required") as memory, progress_of("embedding") as progress:
        made = memory.reembed(**request.ids, progress=progress)
        request.screen.embedded(made, memory.embedding(**request.ids))


@main.command()
@click.argument("id")
@click.option("--reason", required=True, help="Why it is no longer believed; kept with it.")
@_SAID
@HOLDER
@of_a_graph
def retract(request: Request, id: str, reason: str, occurred_at: str | None, holder: str | None) -> None:
    """Stop believing the fact ID.

    Nothing is erased, and said again it is believed again. ID may be given as for `why`.
    """
    with request.reading() as memory:
        meant = whole_fact_id(id, memory, request.ids, holder)
        request.screen.added(memory.retract(meant, **request.ids, reason=reason, occurred_at=occurred_at))


@main.command()
@of_a_graph
def merges(request: Request) -> None:
    """The names that were found to be of one thing, and why."""
    with request.reading() as memory:
        request.screen.merges(memory.merges(**request.ids))


@main.command()
@click.argument("name")
@click.argument("other")
@click.option("--reason", required=True, help="Why they are not one; kept with it.")
@of_a_graph
def unmerge(request: Request, name: str, other: str, reason: str) -> None:
    """Take back that NAME is OTHER, as `mem0g merges` lists them.

    Each has again what was said of it by its own name, and they are not merged again.
    """
    with request.reading() as memory:
        request.screen.added(memory.unmerge(name, other, **request.ids, reason=reason))


@main.command()
@click.option("--episode", metavar="ID", help="This message or text; `mem0g episodes` lists them.")
@click.option("--entity", metavar="NAME", help="Every message that speaks of this entity.")
@click.option("--everything", is_flag=True, help="All of this graph.")
@click.option("--dry-run", is_flag=True, help="Count what would go, and erase nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@of_a_graph
def forget(request: Request, episode: str | None, entity: str | None, *, everything: bool, dry_run: bool, yes: bool) -> None:
    """Erase for good, after asking.

    One message, all messages that speak of an entity, or everything of a graph. What they had superseded is believed again.
    """
    if [episode is not None, entity is not None, everything].count(True) != 1:
        raise click.UsageError("say what to forget: one of --episode ID, --entity NAME and --everything")
    with request.reading() as memory:
        meant = _whole_episode_id(episode, memory, request)
        if not dry_run and not yes:
            _confirm(memory, request, meant, entity, everything=everything)
        gone = memory.forget(**request.ids, episode_id=meant, entity=entity, everything=everything, dry_run=dry_run)
    request.screen.forgotten(gone)


@main.command()
@of_a_graph
def episodes(request: Request) -> None:
    """What was said, with the ids that `forget` takes."""
    with request.reading() as memory:
        request.screen.episodes(memory.episodes(**request.ids))


@main.command()
@click.argument("file", type=_FILE)
@of_a_graph
def export(request: Request, file: Path) -> None:
    """Write the whole ledger of a graph to FILE, as JSON Lines."""
    with request.reading() as memory:
        request.screen.moved("exported", memory.export(file, **request.ids), file)


@main.command()
@click.option(
    "--dimension", type=click.IntRange(1, 4096), default=384, show_default=True, help="Numbers in a vector of the embedding model."
)
@click.option("--replace", is_flag=True, help="Make vector indexes of another dimension anew.")
@of_a_file
def init(request: Request, dimension: int, replace: bool) -> None:
    """Prepare a Neo4j database: constraints and indexes.

    --db or MEM0G_DB names it. What is there stays, so it can be asked again. A SQLite file needs none of it.
    """
    from mem0g.stores.opening import prepare_server  # noqa: PLC0415 - loads the driver

    prepare_server(str(request.db), dimension, replace=replace)
    request.screen.prepared(request.shown_db, dimension)


@main.command()
@click.argument("file", type=_LINES)
@of_a_file
def load(request: Request, file: Path) -> None:
    """Bring in what `export` wrote; it says itself whose it is. Where it was interrupted, it goes on."""
    from mem0g.cli.adding import progress_of  # noqa: PLC0415 - loads Memory
    from mem0g.ledger_file import read_ledger  # noqa: PLC0415 - loads pydantic

    if isinstance(request.db, Path) and not request.db.exists():
        read_ledger(file)  # a second time later; so one that cannot be loaded leaves no empty database behind
    with request.writing() as memory:
        with progress_of("loading") as progress:
            records = memory.load(file, progress=progress)
        request.screen.moved("loaded", records, file)


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "graphml", "json", "dot"]), default="text", show_default=True)
@at_two_times
@of_a_graph
def graph(request: Request, form: Literal["text", "graphml", "json", "dot"], times: Times) -> None:
    """The facts as a graph, as text or for other programs."""
    from mem0g.cli import networks, screen  # noqa: PLC0415 - load Rich

    other = form in {"graphml", "dot"}
    if other and request.as_json:
        raise click.UsageError(f"--format {form} is no JSON: leave --json out, or give --format json")
    with request.reading() as memory:
        found = memory.graph(**request.ids, **times)
    if other:
        click.echo(networks.graphml(found) if form == "graphml" else networks.dot(found))
    else:
        screen.open_screen(as_json=request.as_json or form == "json").network(found)


@main.command()
@click.option("--http", metavar="URL", help="Where Neo4j Browser is.  [default: the host of --db, port 7474]")
@click.option("--entity", metavar="NAME", help="For the query `neighbourhood`.")
@click.option("--fact", metavar="ID", help="For the query `provenance`; its first 8 characters do.")
@click.option("--since", metavar="TIME", help="For the query `changes`.  [default: a month before --until]")
@click.option("--until", metavar="TIME", help="For the query `changes`.  [default: now]")
@at_two_times
@of_a_graph
def browser(
    request: Request, http: str | None, entity: str | None, fact: str | None, since: str | None, until: str | None, times: Times
) -> None:
    """Links that show a graph in Neo4j Browser.

    Each opens a query, ready to run: what holds now, what changed, what was superseded by what, where a fact comes from.
    """
    from mem0g.cli.browser import Asked, guide  # noqa: PLC0415 - loads the queries

    asked = Asked(Scope.of(**request.ids).graph, **times, since=since, until=until, entity=entity, fact=fact)
    shown = guide(request.db, asked, http)
    request.tell_of_unknown_graph()
    click.echo(shown.json() if request.as_json else "\n".join(shown.lines()))


@main.command()
@of_a_file
def graphs(request: Request) -> None:
    """The graphs in the file, by key."""
    with request.reading() as memory:
        request.screen.graphs(memory.graphs())


@main.group()
def evaluate() -> None:
    """Measure how well texts are read and questions answered."""


@evaluate.command()
@click.argument("files", metavar="FILE...", type=_LINES, nargs=-1, required=True)
@JSON
@click.option(
    "--verbose", is_flag=True, help="Name every claim that is wrong, missed or mistimed, and every fact that was retired wrongly."
)
def extraction(files: tuple[Path, ...], *, as_json: bool, verbose: bool) -> None:
    """Compare what is read out of messages with gold FILES.

    For example: mem0g evaluate extraction tests/gold/extraction.jsonl

    Text is read as `mem0g add` reads it: offline, or by the language model that is configured. Each case is told to a fresh memory in a
    temporary file; --db and your own memories are not touched. mem0g.evaluation.gold says what a gold file holds.
    """
    from mem0g.cli.evaluation import evaluate_extraction  # noqa: PLC0415 - loads Memory
    from mem0g.cli.screen import open_screen  # noqa: PLC0415 - loads Rich

    open_screen(as_json=as_json).evaluated(evaluate_extraction(files), verbose=verbose)


@evaluate.command("as-of")
@click.option("--seed", type=int, default=1, show_default=True, help="What the ledgers and the questions are drawn by.")
@click.option("--ledgers", type=click.IntRange(min=1), default=5, show_default=True, help="How many ledgers are asked about.")
@click.option(
    "--db",
    type=Place(dir_okay=False, path_type=Path),
    help="Keep them in this file, or on neo4j://…, meanwhile.  [default: a temporary file]",
)
@JSON
@click.option("--verbose", is_flag=True, help="Name every question that is answered otherwise.")
def as_of(seed: int, ledgers: int, db: Path | str | None, *, as_json: bool, verbose: bool) -> None:
    """Ask what was so when, of ledgers drawn by chance.

    The answers are compared with what follows from the ledgers. No language model is asked. Each ledger is a graph of its own,
    as-of-SEED-NUMBER, which is forgotten when it was asked about.
    """
    from mem0g.cli.evaluation import evaluate_as_of_questions  # noqa: PLC0415 - loads Memory
    from mem0g.cli.screen import open_screen  # noqa: PLC0415 - loads Rich

    open_screen(as_json=as_json).asked_as_of(evaluate_as_of_questions(db, seed, ledgers), verbose=verbose)


@evaluate.command()
@DATA
@CONVERSATIONS
@JSON
def locomo(data: Path, *, conversations: str | None, as_json: bool) -> None:
    """Measure what search finds of LoCoMo's evidence.

    For example: mem0g evaluate locomo --data locomo10.json --conversations conv-26

    No language model is asked: the data's own observations stand in for what one would extract. `mem0g evaluate locomo-answers` is the
    other half, which asks one. Each conversation is told to a fresh memory in a temporary file; --db and your own memories are not
    touched. Beside mem0g there are baselines, and mem0g with each of its signals switched off. Meanings are compared by the embedder that
    MEM0G_EMBEDDER names, or the one on this machine.
    """
    from mem0g.cli.evidence import measure_evidence  # noqa: PLC0415 - loads Memory
    from mem0g.cli.screen import open_screen  # noqa: PLC0415 - loads Rich

    names = None if conversations is None else [name.strip() for name in conversations.split(",") if name.strip()]
    open_screen(as_json=as_json).recalled(measure_evidence(data, names))
    click.echo(
        f"The answers, by a language model: `mem0g evaluate locomo-answers --data {quote(str(data))} --estimate` says what they cost.",
        err=True,
    )


evaluate.add_command(locomo_answers)


@main.command()
@click.option("--db", type=Place(dir_okay=False, path_type=Path), help="Keep the demo's memory here.  [default: a temporary file]")
def demo(db: Path | str | None) -> None:
    """Ingest an example conversation, and ask it about two times."""
    from mem0g.cli.demo import show_demo  # noqa: PLC0415 - loads Rich and Memory

    show_demo(db)


def _object(text: str | None, *, literal: bool) -> Value | str | None:
    return Value(text) if literal and text is not None else text


def _given(file: Path | None, text: str | None, scope: Scope) -> "Messages":
    """The messages of the file or of standard input, or the text."""
    if (file is None) == (text is None):
        raise click.UsageError("give a FILE of messages, - for standard input, or --text; one of them")
    if text is not None:
        return text
    if str(file) == "-":
        return read_stream(sys.stdin.buffer, "standard input", scope)
    return read_messages(file or Path(), scope)


def _whole_episode_id(given: str | None, memory: "Memory", request: Request) -> str | None:
    return given and whole(given, [episode.id for episode in memory.episodes(**request.ids)])


def _confirm(memory: "Memory", request: Request, episode_id: str | None, entity: str | None, *, everything: bool) -> None:
    """Ask, with the counts; a user who says no ends the command."""
    from mem0g.cli.tables import counts  # noqa: PLC0415 - loads Rich

    would_go = memory.forget(**request.ids, episode_id=episode_id, entity=entity, everything=everything, dry_run=True)
    click.confirm(f"Erase {counts(would_go)} from {request.shown_db} for good?", abort=True, err=True)
