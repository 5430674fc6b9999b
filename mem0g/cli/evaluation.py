"""`mem0g evaluate`: gold files put to the memory that the commands use, and questions about time to one that nothing is read in."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mem0g.cli.adding import progress_of, watched
from mem0g.evaluation.as_of import NOW, AsOfScore, evaluate_as_of
from mem0g.evaluation.gold import read_gold
from mem0g.evaluation.running import Evaluation, ReadsNothing, evaluate
from mem0g.memory import Memory


def evaluate_extraction(files: Sequence[Path]) -> list[Evaluation]:
    """What each gold file gives; all are checked before one is read. What reads is said on stderr, and how far it is to a person.

    Raises:
        InvalidInput: a file is no gold file.
        ExtractionError: nothing of a file could be read.
    """
    gold = [(path, read_gold(path)) for path in files]
    with (
        TemporaryDirectory(prefix="mem0g-evaluation-") as folder,
        Memory(Path(folder) / "unused.db") as memory,
        watched(memory) as progress,
    ):
        return [evaluate(str(path), cases, progress=progress) for path, cases in gold]


def evaluate_as_of_questions(db: Path | str | None, seed: int, ledgers: int) -> list[AsOfScore]:
    """How the templates of questions about time fare; how far it is is shown to a person.

    Args:
        db: where the ledgers are kept meanwhile; None for a temporary file.
    """
    with (
        TemporaryDirectory(prefix="mem0g-evaluation-") as folder,
        Memory(db or Path(folder) / "as-of.db", extractor=ReadsNothing("nothing"), clock=lambda: NOW) as memory,
        progress_of("asking") as progress,
    ):
        return evaluate_as_of(memory, seed=seed, ledgers=ledgers, progress=progress)
