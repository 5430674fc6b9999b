"""What a command costs as a process of its own: `mem0g search` on a small file, with meanings and without, beside what it is made of.

usage: OMP_NUM_THREADS=1 python benchmarks/command.py [--runs 7] [--facts 200]

"search beyond the model's load" is what is left of a search with meanings once the time of a process that does nothing but load the
model and embed one text is taken off. Each run takes all processes in turn.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from mem0g import Memory
from mem0g.providers.minilm import MiniLMEmbedder
from mem0g.testing import ManualClock

QUESTION = "What should I cook for Person 7 tonight?"
LOAD = "from mem0g.providers.minilm import MiniLMEmbedder; MiniLMEmbedder().embed(['one'])"
PROCESSES = {
    "python": ["-c", ""],
    "mem0g --help": ["-m", "mem0g", "--help"],
    "the model's load": ["-c", LOAD],
    "mem0g search": ["-m", "mem0g", "search", QUESTION, "--user", "benchmark"],
    "mem0g search, no meanings": ["-m", "mem0g", "search", QUESTION, "--user", "benchmark"],
}


def write(path: Path, facts: int) -> None:
    """A file of so many facts, embedded."""
    with Memory(path, clock=ManualClock(datetime(2026, 1, 1, tzinfo=UTC))) as memory:
        for number in range(facts):
            memory.add_fact(f"Person {number % 20}", "likes", f"dish {number}", user_id="benchmark")
    with Memory(path, embedder=MiniLMEmbedder()) as memory:
        memory.embed(user_id="benchmark")


def seconds(name: str, path: Path) -> float:
    """How long a process takes, from its start to its end."""
    chosen = {"MEM0G_EMBEDDER": "none"} if name.endswith("no meanings") else {}
    environment = {variable: value for variable, value in os.environ.items() if not variable.startswith(("MEM0G_", "OPENAI_"))}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *PROCESSES[name]], check=True, capture_output=True, env={**environment, **chosen, "MEM0G_DB": str(path)}
    )
    return time.perf_counter() - began


def main() -> None:
    """Write, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--facts", type=int, default=200)
    arguments = parser.parse_args()
    took: dict[str, list[float]] = {name: [] for name in PROCESSES}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "memory.db"
        write(path, arguments.facts)
        for _ in range(arguments.runs):
            for name, times in took.items():
                times.append(seconds(name, path))
    took["search beyond the model's load"] = [
        whole - load for whole, load in zip(took["mem0g search"], took["the model's load"], strict=True)
    ]
    print(f"{arguments.facts:,} facts, {arguments.runs} runs")
    print(f"{'process':<32}{'least s':>9}{'median s':>10}{'most s':>9}")
    for name, times in took.items():
        print(f"{name:<32}{min(times):>9.2f}{statistics.median(times):>10.2f}{max(times):>9.2f}")


if __name__ == "__main__":
    main()
