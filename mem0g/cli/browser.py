"""`mem0g browser`: how to look at a graph in Neo4j Browser, with the queries of `cypher/browser/` ready to run.

A link fills Browser's editor (tried with 5.24); whoever opened it presses Run. Browser decodes the whole address before it splits it, so
that no text in a link may hold & or #. Its parameters do not outlive a page: a link holds their values, as Cypher literals.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit

from mem0g.addresses import is_server, without_password
from mem0g.errors import InvalidInput, InvalidTime
from mem0g.model import normalise
from mem0g.period import quoted, read_period
from mem0g.stores.queries import Statement, folder, names, statement

ONLY_THE_RESULT = ":config autoComplete: false"
"""Otherwise Browser adds every edge between the nodes of a result, ended and superseded facts among them."""

NOW = "datetime()"
EVERYTHING_KNOWN = "datetime('9999-12-31T23:59:59Z')"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the queries are asked with, as the options of the command give it; None where it is not said."""

    graph: str
    as_of: str | None = None
    known_at: str | None = None
    since: str | None = None
    until: str | None = None
    entity: str | None = None
    fact: str | None = None

    def parameters(self) -> dict[str, str]:
        """The parameters of the queries as Cypher expressions, as far as they are known.

        Raises:
            InvalidTime: a time is none, or `since` is not before `until`.
        """
        if self.since is not None and self.until is not None and _read(self.since, "since") >= _read(self.until, "until"):
            raise InvalidTime(f"since={quoted(self.since)} is not before until={quoted(self.until)}: nothing changes in no time")
        known = None if self.known_at is None else read_period(self.known_at, "known_at").last
        until = NOW if self.until is None else _start(self.until, "until")
        found = {
            "graph": literal(self.graph),
            "as_of": NOW if self.as_of is None else _start(self.as_of, "as_of"),
            "known_at": EVERYTHING_KNOWN if known is None else instant(known),
            "since": f"{until} - duration('P1M')" if self.since is None else _start(self.since, "since"),
            "until": until,
        }
        if self.entity is not None:
            found["entity"] = literal(normalise(self.entity))
        if self.fact is not None:
            found["fact"] = literal(self.fact)
        return found


@dataclass(frozen=True, slots=True)
class Query:
    """A saved query.

    Attributes:
        missing: the options that must be given before there is a link.
        link: opens it in Browser, its parameters filled in.
        text: as it stands in its file, with parameters.
    """

    name: str
    what: str
    missing: list[str]
    link: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """All that `mem0g browser` prints. It holds no password."""

    graph: str
    address: str
    style: str
    only_the_result: str
    parameters: str
    queries: list[Query]

    def lines(self) -> Iterator[str]:
        """As a person reads it."""
        yield from (f"{self.graph} in Neo4j Browser: {self.address}", "")
        yield "Once, open each of these and press Run: the style, and that Browser shall add no facts of other times to a picture."
        yield from (f"  {self.style}", f"  {self.only_the_result}", "", "Then open what you want to see, and press Run:")
        for query in self.queries:
            yield f"\n{query.name}: {query.what.partition('. ')[0].rstrip('.')}."
            yield f"  {query.link or 'give ' + ' and '.join(query.missing)}"
        yield from ("", "To write queries of your own, set their parameters first:", f"  {self.parameters}")

    def json(self) -> str:
        """As a program reads it."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def guide(db: object, asked: Asked, http: str | None) -> Guide:
    """How to look at a graph of the server at `db`.

    Args:
        http: where Browser is; the server's host, and the port that is usual, where it is None.

    Raises:
        InvalidInput: `db` is a file; `http` is no address; a time is none.
    """
    if not isinstance(db, str) or not is_server(db):
        raise InvalidInput(
            f"{db} is a file, and Neo4j Browser shows a Neo4j server: `mem0g graph` shows a file's graph. To see it in Browser, "
            "`mem0g export` it, `mem0g load` that with --db neo4j://user:password@host, and give that --db here"
        )
    address, parameters = browser_address(db, http), asked.parameters()

    def link(text: str) -> str:
        return f"{address}&cmd=edit&arg={quote(text, safe='')}"

    def query(found: Statement) -> Query:
        missing = sorted(found.parameters - parameters.keys())
        filled = None if missing else link(fill(found.text, parameters))
        return Query(found.name.removeprefix("browser/"), found.what, [f"--{name}" for name in missing], filled, found.text)

    return Guide(
        graph=asked.graph,
        address=address,
        style=link(f":style {style()}"),
        only_the_result=link(ONLY_THE_RESULT),
        parameters=param_command(parameters),
        queries=[query(statement(name)) for name in names("browser")],
    )


def style() -> str:
    """The style of `cypher/browser/`, in Browser's own language, GraSS."""
    return folder().joinpath("browser", "style.grass").read_text(encoding="utf-8")


def browser_address(db: str, http: str | None) -> str:
    """Browser, which asks for the password of the user in `db`.

    Raises:
        InvalidInput: `http` is no address.
    """
    parts = urlsplit(db)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    encrypted = "+s" in parts.scheme
    place = http or (f"https://{host}:7473" if encrypted else f"http://{host}:7474")
    if not re.match(r"https?://[^/?#@]+/?$", place):
        raise InvalidInput(f"http={without_password(place)!r} is no address of Neo4j Browser: give one such as http://localhost:7474")
    user = f"{parts.username}@" if parts.username else ""
    server = f"{parts.scheme}://{user}{host}:{parts.port or 7687}"
    return f"{place.rstrip('/')}/browser/?dbms={quote(server, safe='')}&preselectAuthMethod=NATIVE"


def param_command(parameters: Mapping[str, str]) -> str:
    """What sets all of these in Browser at once."""
    values = ", ".join(f"{value} AS {name}" for name, value in parameters.items())
    return f":param [{{{', '.join(parameters)}}}] => {{RETURN {values}}}"


def fill(text: str, parameters: Mapping[str, str]) -> str:
    """A statement with expressions in place of its parameters; its comments stay."""
    lines = (line if line.startswith("//") else re.sub(r"\$(\w+)", lambda found: parameters[found[1]], line) for line in text.splitlines())
    return "\n".join(lines)


def literal(text: str) -> str:
    r"""A text as Cypher writes it. What is no letter, digit or blank is written as \uXXXX, but for a few marks that mean nothing.

    A quote or a backslash never is: Cypher decodes \uXXXX before it looks where a text ends.
    """
    return "'" + "".join(letter if letter.isalnum() or letter in " .:@_-" else _escaped(letter) for letter in text) + "'"


def instant(at: datetime) -> str:
    """An instant in UTC as Cypher writes it."""
    return f"datetime('{at.isoformat().replace('+00:00', 'Z')}')"


def _start(time: str, what: str) -> str:
    return instant(_read(time, what))


def _read(time: str, what: str) -> datetime:
    return read_period(time, what).start


def _escaped(letter: str) -> str:
    if letter in "\\'":
        return f"\\{letter}"
    units = letter.encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
