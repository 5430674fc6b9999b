"""The embedder over HTTP, against a server on this machine that follows a script."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import numpy as np
import openai
import pytest
from llm_server import Body, LLMServer, Reply, as_json, broken_json, embeddings, error_with_status_200, failure, vector

from mem0g.errors import InvalidInput, InvalidReply, ModelUnavailable
from mem0g.ports import Vectors
from mem0g.providers import openai_embeddings
from mem0g.providers.openai_embeddings import OpenAIEmbedder


@pytest.fixture
def server() -> Iterator[LLMServer]:
    with LLMServer() as server:
        yield server


def embedder_of(server: LLMServer, model: str = "scripted") -> closing[OpenAIEmbedder]:
    return closing(OpenAIEmbedder(model, 8, base_url=server.url))


def embedded(server: LLMServer, texts: list[str]) -> Vectors:
    with embedder_of(server) as embedder:
        return embedder.embed(texts)


def inputs(server: LLMServer) -> list[list[str]]:
    return [asked.body["input"] for asked in server.requests]


def unit(text: str) -> list[float]:
    row = np.array(vector(text))
    return list(row / np.linalg.norm(row))


def test_one_request_for_all_texts(server: LLMServer) -> None:
    vectors = embedded(server, ["one", "two", "one"])
    assert inputs(server) == [["one", "two", "one"]]
    assert vectors == pytest.approx(np.array([unit("one"), unit("two"), unit("one")]), abs=1e-6)


def test_rows_go_by_their_index() -> None:
    def backwards(body: Body) -> Reply:
        data = [{"index": index, "embedding": vector(text)} for index, text in enumerate(body["input"])]
        return as_json({"data": data[::-1]})

    with LLMServer(embedding=[backwards]) as server:
        vectors = embedded(server, ["one", "two", "three"])
    assert vectors == pytest.approx(np.array([unit("one"), unit("two"), unit("three")]), abs=1e-6)


def test_no_more_requests_are_under_way_than_allowed() -> None:
    """Each is answered once two are there: so two there are, and no more."""
    together = Barrier(2)

    def step(body: Body) -> Reply:
        together.wait(timeout=20)
        return embeddings(body)

    with LLMServer(embedding=[step]) as server, closing(OpenAIEmbedder("scripted", 8, base_url=server.url, concurrency=2)) as embedder:
        with ThreadPoolExecutor(6) as threads:
            assert [len(vectors) for vectors in threads.map(lambda _: embedder.embed(["one"]), range(6))] == [1] * 6
        assert server.most_at_once == 2


@pytest.mark.parametrize("texts", [[], [""], ["", " \n"]])
def test_what_is_blank_is_not_sent(server: LLMServer, texts: list[str]) -> None:
    assert embedded(server, texts).tolist() == [[1, 0, 0, 0, 0, 0, 0, 0]] * len(texts)
    assert server.requests == []


def test_blank_texts_keep_their_places(server: LLMServer) -> None:
    vectors = embedded(server, ["", "one", " ", "two"])
    assert inputs(server) == [["one", "two"]]
    assert vectors[[1, 3]] == pytest.approx(np.array([unit("one"), unit("two")]), abs=1e-6)


def test_many_texts_are_asked_for_in_parts(server: LLMServer) -> None:
    vectors = embedded(server, [f"text {number}" for number in range(2500)])
    assert [len(texts) for texts in inputs(server)] == [2048, 452]
    assert vectors[2499] == pytest.approx(np.array(unit("text 2499")), abs=1e-6)


def test_long_texts_are_asked_for_in_parts_and_cut(server: LLMServer) -> None:
    embedded(server, ["ä" * 9000] * 80)
    assert [len(texts) for texts in inputs(server)] == [37, 37, 6]
    assert {text for texts in inputs(server) for text in texts} == {"ä" * 4000}


def test_a_text_is_cut_between_two_characters(server: LLMServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_embeddings, "MAX_TEXT_BYTES", 4)
    embedded(server, ["aää"])
    assert inputs(server) == [["aä"]]


@pytest.mark.parametrize(("model", "asked"), [("text-embedding-3-small", 8), ("text-embedding-ada-002", None), ("nomic-embed-text", None)])
def test_only_the_third_generation_is_asked_for_a_dimension(server: LLMServer, model: str, asked: int | None) -> None:
    with embedder_of(server, model) as embedder:
        embedder.embed(["one"])
    body = server.requests[0].body
    assert (body["model"], body.get("dimensions"), body["encoding_format"]) == (model, asked, "float")


def test_the_default_model_is_named(server: LLMServer) -> None:
    with closing(OpenAIEmbedder(base_url=server.url, api_key="secret")) as embedder:
        assert (embedder.model, embedder.dimension) == ("text-embedding-3-small", 1536)
        assert embedder.embed(["one"]).shape == (1, 1536)
    assert server.requests[0].headers["authorization"] == "Bearer secret"


def test_a_client_of_ones_own_is_used(server: LLMServer) -> None:
    with openai.OpenAI(base_url=server.url, api_key="mine") as client:
        OpenAIEmbedder("scripted", 8, client=client).embed(["one"])
    assert server.requests[0].headers["authorization"] == "Bearer mine"


def test_openai_itself_needs_a_key() -> None:
    with pytest.raises(InvalidInput, match="api_key"):
        OpenAIEmbedder()


def numbered(*indexes: object, row: object = (1.0,) * 8) -> Reply:
    return as_json({"data": [{"index": index, "embedding": row} for index in indexes]})


UNFIT = {
    "too few": numbered(0),
    "too many": numbered(0, 1, 2),
    "the same index twice": numbered(0, 0),
    "no such index": numbered(1, 2),
    "no index": as_json({"data": [{"embedding": [1.0] * 8}] * 2}),
    "too short": numbered(0, 1, row=[1.0] * 7),
    "in base64": numbered(0, 1, row="AACAPw=="),
    "not a number": numbered(0, 1, row=[1.0] * 7 + [None]),
    "NaN": numbered(0, 1, row=[1.0] * 7 + [float("nan")]),
    "infinite": numbered(0, 1, row=[1.0] * 7 + [float("inf")]),
    "no data": as_json({"object": "list"}),
    "a list": as_json([]),
    "broken": broken_json(),
}


@pytest.mark.parametrize("reply", UNFIT.values(), ids=UNFIT)
def test_an_answer_that_does_not_fit(reply: Reply) -> None:
    with LLMServer(embedding=[reply]) as server, pytest.raises(InvalidReply) as caught:
        embedded(server, ["one", "two"])
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusal(status: int) -> None:
    with LLMServer(embedding=[failure(status, "no such model")]) as server, pytest.raises(ModelUnavailable, match="no such model"):
        embedded(server, ["one"])


def test_a_model_that_the_server_lacks_is_told_with_where_its_name_is_from() -> None:
    with (
        LLMServer(embedding=[failure(404, "no such model")]) as server,
        pytest.raises(ModelUnavailable, match="MEM0G_EMBEDDING_MODEL, unless"),
    ):
        embedded(server, ["one"])


def test_an_error_with_status_200() -> None:
    with LLMServer(embedding=[error_with_status_200("out of memory")]) as server, pytest.raises(ModelUnavailable, match="out of memory"):
        embedded(server, ["one"])


def test_a_failure_that_passes() -> None:
    with LLMServer(embedding=[failure(503, **{"retry-after": "0"}), embeddings]) as server:
        assert embedded(server, ["one"]).shape == (1, 8)


def test_nobody_there() -> None:
    embedder = OpenAIEmbedder("scripted", 8, base_url="http://127.0.0.1:9/v1", timeout=1)
    with closing(embedder), pytest.raises(ModelUnavailable, match=r"cannot be reached|in time"):
        embedder.embed(["one"])
