from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a store that nobody has made yet."""
    return tmp_path / "memory.db"
