"""`mem0g evaluate`: gold files put to the memory that the commands use."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mem0g.cli.adding import watched
from mem0g.evaluation.gold import read_gold
from mem0g.evaluation.running import Evaluation, evaluate
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
