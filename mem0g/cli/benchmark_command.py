"""The command `mem0g evaluate locomo-answers`. What it imports is light, so that `--help` is quick."""

from pathlib import Path

import click

from mem0g.cli.request import JSON

DATA = click.option(
    "--data",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="locomo10.json, a conversation of it, or a folder of conversations.",
)
CONVERSATIONS = click.option("--conversations", metavar="ID,…", help="Only these, such as conv-26,conv-30.  [default: all]")


@click.command("locomo-answers")
@DATA
@CONVERSATIONS
@click.option(
    "--systems",
    "names",
    metavar="NAME,…",
    help="mem0g, mem0, full-context, no-memory, rag-SIZE in tokens.  [default: these, RAG with 128, 512 and 2048]",
)
@click.option("--runs", type=click.IntRange(min=1), default=1, show_default=True, help="Have each question answered and judged so often.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("locomo-answers"),
    show_default=True,
    help="Keep answers and results here; started again with the same folder, it goes on.",
)
@click.option("--concurrency", type=click.IntRange(min=1), default=8, show_default=True, help="How many calls are under way at once.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the bootstrap of the intervals.")
@click.option("--estimate", "only_estimate", is_flag=True, help="Say what it would ask of the model, and ask nothing.")
@JSON
def locomo_answers(
    *,
    data: Path,
    conversations: str | None,
    names: str | None,
    runs: int,
    out: Path,
    concurrency: int,
    seed: int,
    only_estimate: bool,
    as_json: bool,
) -> None:
    """Have LoCoMo's questions answered, and judged.

    By several memories, and without any.

    For example: mem0g evaluate locomo-answers --data locomo10.json --conversations conv-26 --systems mem0g,full-context --estimate

    The language model that is configured (OPENAI_API_KEY or OPENAI_BASE_URL, MEM0G_MODEL) reads, answers and judges: the conversations go
    to it. What fails is noted, counts as missing, and is tried again at the next start. --db and your own memories are not touched.
    """
    from mem0g.cli.benchmark import Asked, measure  # noqa: PLC0415 - loads Memory

    asked = Asked(data, _listed(conversations), _listed(names), runs, out, concurrency, seed)
    measure(asked, only_estimate=only_estimate, as_json=as_json)


def _listed(text: str | None) -> tuple[str, ...] | None:
    """The names in a list with commas; None where none was given."""
    if text is None:
        return None
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise click.UsageError(f"{text!r} names nothing: write names with commas between them, or leave the option out")
    return names
