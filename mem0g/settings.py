"""Settings, and the one place that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    Attributes:
        database: the SQLite file of a `Memory` that is given none; `MEM0G_DB`.
    """

    database: str = "mem0g.db"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the variables; one that is empty counts as unset."""
        database = environment.get("MEM0G_DB")
        return cls(database) if database else cls()
