"""The program starts without what it does not need yet."""

import subprocess
import sys

import pytest

HEAVY = {"dateparser", "networkx", "numpy", "pydantic", "rapidfuzz", "rich", "scipy", "spacy", "tokenizers"}


@pytest.mark.parametrize(
    "code",
    [
        "import mem0g.cli",
        "from mem0g.cli import main; main(['--help'], standalone_mode=False)",
        "from mem0g.cli import main; main(['facts', '--help'], standalone_mode=False)",
        "from mem0g.cli import main; main(['evaluate', 'extraction', '--help'], standalone_mode=False)",
        "from mem0g.cli import main; main(['evaluate', 'as-of', '--help'], standalone_mode=False)",
        "from mem0g.cli import main; main(['evaluate', 'locomo-answers', '--help'], standalone_mode=False)",
    ],
)
def test_heavy_packages_are_not_loaded(code: str) -> None:
    report = "import sys; print('\\nloaded', *sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "click" in loaded
    assert loaded & HEAVY == set()
