"""What goes when something is forgotten: a source with all that stands on it, and nothing else."""

import pytest

from mem0g import Memory
from mem0g.ingestion.forgetting import Erasure, episodes_about, erasure_of_episodes, erasure_of_everything
from mem0g.model import Claim, ClaimDraft, Entity, Episode, Judgement, Mention, Merge, Naming, Record, Retraction, Value, Wording
from mem0g.ports import Change
from unit.conftest import Scripted
from unit.samples import draft

GRAPH = "user:alice"


def add(memory: Memory, object: str, said: str, **others: object) -> str:
    """State where Alice lives, and return the episode's id."""
    return memory.add_fact("Alice", "lives_in", object, user_id="alice", occurred_at=said, **others).episode_ids[0]  # type: ignore[arg-type]


def names(erasure: Erasure) -> list[str]:
    return sorted(record.name for record in erasure.erased if isinstance(record, Entity))


def of_kind(erasure: Erasure, kind: type[Record]) -> int:
    return erasure.count(kind)


def test_an_episode_goes_with_its_claims_their_judgements_and_the_entities_nothing_else_speaks_of(memory: Memory) -> None:
    add(memory, "Lisbon", "2026-01-01")
    episode = add(memory, "Porto", "2026-02-01")
    erasure = erasure_of_episodes(memory._store, GRAPH, [episode])
    assert [of_kind(erasure, kind) for kind in (Episode, Claim, Judgement, Retraction, Merge)] == [1, 1, 1, 0, 0]
    assert names(erasure) == ["Porto"]


def test_the_last_word_of_a_graph_takes_everybody_with_it(memory: Memory) -> None:
    episode = add(memory, "Lisbon", "2026-01-01")
    assert names(erasure_of_episodes(memory._store, GRAPH, [episode])) == ["Alice", "Lisbon"]


def test_an_entity_that_a_correction_says_was_meant_wrongly_is_spoken_of(scripted: Scripted) -> None:
    script = {
        "I live in Lisbon.": [draft("Lisbon")],
        "I meant Porto, not Lisbon.": [draft("Porto", correction=True, replaces=draft("Lisbon").object)],
    }
    memory = scripted(script)
    first = memory.add("I live in Lisbon.", user_id="alice", occurred_at="2026-01-01").episode_ids[0]
    memory.add("I meant Porto, not Lisbon.", user_id="alice", occurred_at="2026-01-02")
    assert names(erasure_of_episodes(memory._store, GRAPH, [first])) == []


def test_a_speaker_is_spoken_of_as_long_as_they_spoke(memory: Memory) -> None:
    add(memory, "Lisbon", "2026-01-01")
    about_bob = memory.add_fact("Bob", "likes", "tea", user_id="alice", occurred_at="2026-01-02").episode_ids[0]
    assert names(erasure_of_episodes(memory._store, GRAPH, [about_bob])) == ["Bob", "tea"]


def test_a_retraction_of_what_goes_goes_and_one_that_names_more_keeps_the_rest(memory: Memory) -> None:
    first = add(memory, "Lisbon", "2026-01-01")
    add(memory, "Lisbon", "2026-01-02")
    [fact] = memory.facts(user_id="alice")
    memory.retract(fact.id, user_id="alice", reason="wrong", occurred_at="2026-01-03")
    erasure = erasure_of_episodes(memory._store, GRAPH, [first])
    [rest] = erasure.rewritten
    [whole] = [record for record in erasure.erased if isinstance(record, Retraction)]
    gone = {record.id for record in erasure.erased if isinstance(record, Claim)}
    assert set(rest.claims) == set(whole.claims) - gone
    assert (rest.said_at, rest.reason, rest.recorded_at) == (whole.said_at, whole.reason, whole.recorded_at)
    assert rest.id != whole.id


def test_an_entity_goes_with_the_last_that_names_it_and_takes_its_merges(scripted: Scripted) -> None:
    script = {"untyped": [draft("Lisbon")], "typed": [draft("Lisbon", subject="Bob")]}
    memory = scripted(script)
    stated = memory.add_fact("carol", "likes", "tea", user_id="alice", occurred_at="2026-01-01").episode_ids[0]
    said = memory.add([{"content": "untyped", "name": "Carol"}], user_id="alice", occurred_at="2026-01-02").episode_ids[0]
    assert len(memory._store.merges(GRAPH)) == 1
    gone = {episode: erasure_of_episodes(memory._store, GRAPH, [episode]) for episode in (stated, said)}
    assert [names(erasure) for erasure in gone.values()] == [["carol", "tea"], ["Carol", "Lisbon"]]
    assert [of_kind(erasure, Merge) for erasure in gone.values()] == [1, 1]
    assert of_kind(erasure_of_episodes(memory._store, GRAPH, [stated, said]), Merge) == 1


def test_a_name_that_only_the_forgotten_episode_gave_is_gone(memory: Memory) -> None:
    kept = memory.add_fact("Oslo", "is", "cold", user_id="alice", occurred_at="2026-01-02").episode_ids[0]
    loud = memory.add_fact("OSLO", "is", "big", user_id="alice", occurred_at="2026-01-01").episode_ids[0]
    assert {fact.subject for fact in memory.facts(user_id="alice")} == {"OSLO"}
    erasure = erasure_of_episodes(memory._store, GRAPH, [loud])
    assert {record.episode_id for record in erasure.erased if isinstance(record, Naming)} == {loud}
    memory.forget(user_id="alice", episode_id=loud)
    assert [fact.subject for fact in memory.facts(user_id="alice")] == ["Oslo"]
    assert {naming.episode_id for naming in memory._store.names(GRAPH, [memory.facts(user_id="alice")[0].subject_id])} == {kept}


def test_what_only_the_forgotten_episode_said_is_a_name_of_somebody_is_not_one_any_more(scripted: Scripted) -> None:
    robert = Mention("Robert", "person", ("Bob",))
    script = {text: [ClaimDraft(robert, "likes", Mention("tea"), text)] for text in ("alias 1", "alias 2")}
    memory = scripted(script)
    for subject in ("Bob", "Robert"):
        memory.add_fact(subject, "likes", Value(subject.upper()), user_id="alice", occurred_at="2026-01-01")
    first, second = (memory.add(text, user_id="alice", occurred_at="2026-01-02").episode_ids[0] for text in script)
    assert {fact.subject for fact in memory.facts(user_id="alice")} == {"Robert"}
    memory.forget(user_id="alice", episode_id=first)
    assert {fact.subject for fact in memory.facts(user_id="alice")} == {"Robert"}
    memory.forget(user_id="alice", episode_id=second)
    assert {(fact.subject, fact.object) for fact in memory.facts(user_id="alice")} == {("Robert", "ROBERT"), ("Bob", "BOB")}
    assert memory._store.merges(GRAPH) == []


def decided(memory: Memory, *names: tuple[str, str]) -> None:
    """Record how predicates are said."""
    now = memory._now()
    memory._store.commit(GRAPH, Change([Wording.of(GRAPH, name, canonical, "a reason", now) for name, canonical in names]))


def words(erasure: Erasure) -> list[str]:
    return sorted(record.name for record in erasure.erased if isinstance(record, Wording))


def test_a_wording_goes_with_the_last_claim_that_is_said_so(memory: Memory) -> None:
    first, second = (memory.add_fact("Alice", "secretly dates", name, user_id="alice").episode_ids[0] for name in ("Bob", "Ben"))
    add(memory, "Lisbon", "2026-01-01")
    decided(memory, ("secretly_dates", "dates"), ("lives_in", "lives_in"), ("unheard", "of"))
    assert words(erasure_of_episodes(memory._store, GRAPH, [first])) == []
    assert words(erasure_of_episodes(memory._store, GRAPH, [first, second])) == ["secretly_dates"]
    memory.forget(user_id="alice", episode_id=first)
    memory.forget(user_id="alice", episode_id=second)
    assert [wording.name for wording in memory._store.wordings(GRAPH) if wording.name == "secretly_dates"] == []


def test_a_wording_goes_with_a_claim_that_is_kept_by_its_canonical_predicate(memory: Memory) -> None:
    stated = memory.add_fact("Alice", "dates", "Bob", user_id="alice").episode_ids[0]
    memory.add_fact("Alice", "dates", "Ben", user_id="alice")
    decided(memory, ("secretly_dates", "dates"), ("dates", "dates"), ("lives_at", "lives_in"))
    assert words(erasure_of_episodes(memory._store, GRAPH, [stated])) == ["secretly_dates"]


def test_an_unread_episode_goes_alone(memory: Memory) -> None:
    add(memory, "Lisbon", "2026-01-01")
    episode = memory.add("Hello there.", user_id="alice").episode_ids[0]
    assert [type(record) for record in erasure_of_episodes(memory._store, GRAPH, [episode]).erased] == [Episode]


def test_nothing_goes_for_no_episode(memory: Memory) -> None:
    add(memory, "Lisbon", "2026-01-01")
    erasure = erasure_of_episodes(memory._store, GRAPH, [])
    assert (list(erasure.erased), list(erasure.rewritten)) == ([], [])


def test_everything_is_every_record(memory: Memory) -> None:
    add(memory, "Lisbon", "2026-01-01")
    decided(memory, ("lives_at", "lives_in"))
    memory.add_fact("Bob", "likes", "tea", user_id="bob")
    erasure = erasure_of_everything(memory._store, GRAPH)
    assert list(erasure.erased) == list(memory._store.records(GRAPH))
    assert {record.graph for record in erasure.erased} == {GRAPH}


@pytest.mark.parametrize(
    ("content", "names_her"),
    [
        ("Alice is here.", True),
        ("I met ALICE's brother", True),
        ("alice", True),
        ("Malice aforethought", False),
        ("Alicent", False),
        ("Al, ice!", False),
        ("Nobody.", False),
        ("¡Alice! 😀", True),
    ],
)
def test_an_episode_is_about_an_entity_whose_name_stands_in_it_as_a_word(memory: Memory, content: str, names_her: bool) -> None:
    memory.add_fact("Alice", "likes", "tea", user_id="bob", occurred_at="2026-01-01")
    [episode] = memory.add(content, user_id="bob", occurred_at="2026-01-02").episode_ids
    alice = [entity for entity in memory._store.entities("user:bob") if entity.name == "Alice"]
    assert (episode in episodes_about(memory._store, "user:bob", alice)) is names_her


def test_an_episode_is_about_its_speaker_and_about_whom_its_claims_are(memory: Memory) -> None:
    stated = memory.add_fact("Alice O'Neil", "likes", "tea", user_id="bob", occurred_at="2026-01-01", text="She likes tea.").episode_ids
    spoken = memory.add([{"content": "Hello.", "name": "alice o'neil"}], user_id="bob", occurred_at="2026-01-02").episode_ids
    memory.add([{"content": "Hello."}], user_id="bob", occurred_at="2026-01-03")
    alice = [entity for entity in memory._store.entities("user:bob") if entity.name == "Alice O'Neil"]
    assert episodes_about(memory._store, "user:bob", alice) == {*stated, *spoken}
