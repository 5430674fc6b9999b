"""What the environment says."""

import pytest

from mem0g.errors import InvalidInput
from mem0g.settings import Settings

GIVEN = {
    "MEM0G_DB": "other.db",
    "OPENAI_API_KEY": "sk-test",
    "OPENAI_BASE_URL": "http://localhost:11434/v1",
    "MEM0G_MODEL": "llama",
    "MEM0G_EMBEDDER": "openai",
    "MEM0G_EMBEDDING_MODEL": "nomic-embed-text",
    "MEM0G_EMBEDDING_DIMENSION": "768",
    "MEM0G_FLAVOUR": "facts",
}


def test_what_is_given() -> None:
    given = Settings("other.db", "sk-test", "http://localhost:11434/v1", "llama", "openai", "nomic-embed-text", 768, "facts")
    assert Settings.from_environment(GIVEN) == given


@pytest.mark.parametrize("dimension", ["many", "0", "-1", "1.5"])
def test_a_dimension_that_is_none(dimension: str) -> None:
    with pytest.raises(InvalidInput, match=f"MEM0G_EMBEDDING_DIMENSION='{dimension}' is no number of at least 1"):
        Settings.from_environment({"MEM0G_EMBEDDING_DIMENSION": dimension})


def test_a_flavour_that_is_none() -> None:
    with pytest.raises(InvalidInput, match="MEM0G_FLAVOUR='vanilla' is neither graph nor facts"):
        Settings.from_environment({"MEM0G_FLAVOUR": "vanilla"})


@pytest.mark.parametrize("environment", [{}, dict.fromkeys(GIVEN, ""), {"UNRELATED": "x"}])
def test_what_is_empty_counts_as_unset(environment: dict[str, str]) -> None:
    settings = Settings.from_environment(environment)
    assert settings == Settings()
    assert (settings.database, settings.model, settings.has_model) == ("mem0g.db", "gpt-4o-mini", False)


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_a_key_or_an_address_makes_a_model(name: str) -> None:
    assert Settings.from_environment({name: GIVEN[name]}).has_model


def test_the_key_is_not_shown() -> None:
    assert "sk-test" not in repr(Settings.from_environment(GIVEN))
