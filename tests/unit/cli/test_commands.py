"""Every command, on a small file: what it shows to a person and what it answers to a program."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from mem0g import Memory
from mem0g.cli import main
from mem0g.model import ClaimDraft, Mention
from mem0g.testing import ScriptedExtractor

from .shell import Shell


def test_facts_shows_what_is_believed_now(alice: Shell) -> None:
    shown = alice.text("facts")
    assert "Alice lives_in 84 Bank Street" in shown
    assert "Alice visited Rome" in shown
    assert "London Road" not in shown
    assert "Paris" not in shown


def test_facts_in_json_has_the_attributes_of_a_fact(alice: Shell) -> None:
    (fact,) = alice.json("facts", "--predicate", "lives_in")
    assert list(fact) == [
        "id", "subject", "predicate", "object", "text", "valid_at", "invalid_at", "created_at", "expired_at", "holders", "episode_ids",
        "confidence", "event", "subject_id", "object_id", "holder",
    ]  # fmt: skip
    assert fact["object"] == "84 Bank Street"
    assert (fact["valid_at"], fact["invalid_at"]) == ("2025-09-01T00:00:00Z", None)
    assert (fact["created_at"], fact["expired_at"]) == ("2025-08-13T00:00:00Z", None)


def test_facts_at_two_times(alice: Shell) -> None:
    (then,) = alice.json("facts", "--predicate", "lives_in", "--as-of", "2025-10", "--known-at", "2025-08-12")
    (now,) = alice.json("facts", "--predicate", "lives_in", "--as-of", "2025-08")
    assert (then["object"], then["invalid_at"]) == ("London Road", None)
    assert (now["object"], now["invalid_at"]) == ("London Road", "2025-09-01T00:00:00Z")


def test_facts_that_have_ended_look_ended(alice: Shell) -> None:
    assert "2025-09-01 ended" in alice.text("facts", "--as-of", "2025-08")


def test_facts_of_a_holder(alice: Shell) -> None:
    assert [fact["object"] for fact in alice.json("facts", "--holder", "Bob")] == ["Paris"]


def test_facts_filtered_by_subject_and_object(alice: Shell) -> None:
    assert [fact["predicate"] for fact in alice.json("facts", "--subject", "Alice", "--object", "82")] == ["weighs"]


def test_no_fact_is_said_in_a_sentence(alice: Shell) -> None:
    assert alice.text("facts", "--subject", "Zoe") == "No fact fits: nothing of the kind is believed at the times asked for.\n"
    assert alice.json("facts", "--subject", "Zoe") == []


def test_a_graph_that_is_not_there_is_told_of(alice: Shell) -> None:
    result = alice.run("facts", user="alcie")
    assert result.exit_code == 0
    assert result.stderr == f"mem0g: {alice.db} holds nothing of user:alcie; it holds user:alice\n"


@pytest.mark.parametrize("columns", [80, 120])
def test_timeline_has_both_times_and_fits_the_terminal(alice: Shell, columns: int) -> None:
    shown = Shell(alice.db, columns).text("timeline", "Alice", "--predicate", "lives_in")
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert rows[0] == "fact valid from valid to known from known to id"
    assert any(row.startswith("lives_in London Road 2019-11-18 – 2019-11-18 2025-08-13 ") for row in rows)
    assert any(row.startswith("lives_in London Road 2019-11-18 2025-09-01 2025-08-13 – ") for row in rows)
    assert "3 versions; 1 no longer believed as they were" in shown
    assert max(len(line) for line in shown.splitlines()) <= columns


def test_timeline_in_json_has_every_version(alice: Shell) -> None:
    versions = alice.json("timeline", "Alice", "--predicate", "lives_in")
    assert [(version["object"], version["expired_at"] is None) for version in versions] == [
        ("London Road", False),
        ("London Road", True),
        ("84 Bank Street", True),
    ]


def test_timeline_of_nobody(alice: Shell) -> None:
    assert alice.text("timeline", "Zoe") == "Nothing was ever believed of Zoe.\n"


def test_diff_shows_what_began_ended_was_learned_and_dropped(alice: Shell) -> None:
    shown = alice.text("diff", "2025-08-13", "2025-09-02")
    assert shown.startswith("Began to hold\n")
    assert "\n\nCeased to hold\n" in shown
    for title in ("Began to hold", "Ceased to hold", "Came to be believed", "No longer believed as it was"):
        assert title in shown
    assert "superseded on 2025-08-13: “Alice lives in 84 Bank Street.”" in shown


def test_diff_in_json(alice: Shell) -> None:
    changes = alice.json("diff", "2025-08-13", "2025-08-14")
    assert (changes["start"], changes["end"]) == ("2025-08-13T00:00:00Z", "2025-08-14T00:00:00Z")
    assert [gone["fact"]["object"] for gone in changes["dropped"]] == ["London Road"]
    assert changes["dropped"][0]["reason"]


def test_no_change_is_said_in_a_sentence(alice: Shell) -> None:
    assert alice.text("diff", "2001", "2002") == "Nothing changed between 2001-01-01 and 2002-01-01.\n"


def test_why_takes_the_short_id_that_a_table_shows(alice: Shell) -> None:
    fact = alice.json("facts", "--predicate", "lives_in")[0]
    assert fact["id"][:8] in alice.text("facts")
    shown = alice.text("why", fact["id"][:8])
    assert shown == alice.text("why", fact["id"])
    assert "Alice lives_in 84 Bank Street  since 2025-09-01" in shown
    assert "“Alice lives in 84 Bank Street.”" in shown
    assert "Believed before in its place: Alice lives_in London Road" in shown


def test_why_takes_the_short_id_of_a_version_that_is_no_longer_believed(alice: Shell) -> None:
    version = alice.json("timeline", "Alice", "--predicate", "lives_in")[0]
    assert "No longer believed as it was: superseded on 2025-08-13" in alice.text("why", version["id"][:8])


def test_why_takes_the_short_id_of_a_holders_fact(alice: Shell) -> None:
    fact = alice.json("facts", "--holder", "Bob")[0]
    shown = alice.text("why", fact["id"][:8], "--holder", "Bob")
    assert "Bob’s view, as Alice gives it:" in shown
    assert alice.json("why", fact["id"])["evidence"][0]["holder"] == "Bob"


def test_search_says_how_the_time_was_understood(alice: Shell) -> None:
    shown = alice.text("search", "Where did Alice live in July 2025?")
    assert shown.startswith("Asked: as of: 2025-07-01 to 2025-08-01")
    assert "Alice lives_in London Road" in shown


def test_search_in_json_has_facts_episodes_time_and_context(alice: Shell) -> None:
    found = alice.json("search", "Where did Alice live in July 2025?", "--limit", "1")
    assert [fact["object"] for fact in found["facts"]] == ["London Road"]
    assert found["facts"][0]["signals"]
    assert found["time"]["words"] == "July 2025"
    assert found["context"].startswith("Facts:\n- I live in London Road.")


def test_search_prints_the_context_alone_within_its_tokens(alice: Shell) -> None:
    question = ("search", "Where did Alice live in July 2025?", "--context")
    assert alice.text(*question).startswith("Facts:\n- I live in London Road.")
    assert 0 < len(alice.text(*question, "--tokens", "20")) <= 81 < len(alice.text(*question))
    assert alice.json(*question)["context"] + "\n" == alice.text(*question)


def test_search_as_is_reads_no_time(alice: Shell) -> None:
    assert alice.json("search", "Where did Alice live in July 2025?", "--as-is")["time"]["words"] == ""


def test_search_says_whom_a_misspelt_name_was_taken_for(alice: Shell) -> None:
    assert alice.text("search", "Where does Alise live?").splitlines()[1] == "Read: “Alise” as Alice"
    assert alice.json("search", "Where does Alise live?")["misspelt"] == {"Alise": "Alice"}
    assert "Read:" not in alice.text("search", "Where does Alice live?")


def test_search_that_finds_nothing_says_so(alice: Shell) -> None:
    assert "Nothing found" in alice.text("search", "zebra")


def test_add_fact_tells_what_is_new_and_what_it_superseded(alice: Shell) -> None:
    shown = alice.text("add-fact", "Alice", "lives_in", "Porto", "--valid-at", "2026-01", "--occurred-at", "2026-02-01")
    assert shown.startswith("New\n")
    assert "superseded on 2026-02-01: “Alice lives in Porto.”" in shown
    assert shown.endswith("1 episode: 1 fact new, 1 fact no longer believed as it was.\n")


def test_add_fact_passes_every_parameter(shell: Shell) -> None:
    added = shell.json(
        "add-fact", "Alice", "weighs", "82 kg", "--value", "--valid-at", "2025-01", "--invalid-at", "2025-02",
        "--occurred-at", "2025-03-01", "--holder", "Bob", "--text", "Alice is 82 kg.", "--exclusive",
        "--episode-id", "e1", "--metadata", '{"from": "scale"}',
    )  # fmt: skip
    (fact,) = added["created"]
    assert (fact["object"], fact["object_id"], fact["text"]) == ("82 kg", None, "Alice is 82 kg.")
    assert (fact["valid_at"], fact["invalid_at"]) == ("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z")
    assert (fact["holders"], fact["episode_ids"]) == (["Bob"], ["e1"])
    assert shell.json("episodes")[0]["metadata"] == {"from": "scale"}


def test_add_fact_denies_and_corrects(alice: Shell) -> None:
    id = alice.json("facts", "--predicate", "weighs")[0]["id"]
    alice.text("add-fact", "Alice", "weighs", "79", "--value", "--corrects", id[:8])
    assert [fact["object"] for fact in alice.json("facts", "--predicate", "weighs")] == ["79"]
    alice.text("add-fact", "Alice", "lives_in", "--negated")
    assert alice.json("facts", "--predicate", "lives_in") == []


@pytest.mark.parametrize(("options", "environment"), [(["--flavour", "facts"], {}), ([], {"MEM0G_FLAVOUR": "facts"})])
def test_the_flavour_is_chosen(shell: Shell, options: list[str], environment: dict[str, str]) -> None:
    flavoured = replace(shell, environment={**shell.environment, **environment})
    flavoured.text("add", "--text", "I live in Oslo.", *options)
    flavoured.text("add-fact", "Ben", "lives_in", "Bergen", *options)
    assert {fact["object"] for fact in flavoured.json("facts")} == {"alice lives in Oslo.", "Ben lives in Bergen."}
    assert flavoured.json("search", "Where does Ben live?", *options)["facts"][0]["object"] == "Ben lives in Bergen."
    assert flavoured.text("answer", "Where does Ben live?", *options).startswith("Ben lives in Bergen")


def test_a_flavour_that_there_is_not_is_refused(shell: Shell) -> None:
    assert "'--flavour'" in shell.error("add", "--text", "x", "--flavour", "vanilla", code=2)
    odd = replace(shell, environment={**shell.environment, "MEM0G_FLAVOUR": "vanilla"})
    assert "MEM0G_FLAVOUR='vanilla' is neither graph nor facts" in odd.error("add", "--text", "x")


def test_retract_keeps_the_reason(alice: Shell) -> None:
    id = alice.json("facts", "--predicate", "weighs")[0]["id"]
    shown = alice.text("retract", id[:8], "--reason", "the scale was broken")
    assert "retracted: the scale was broken" in shown
    assert shown.endswith("\n1 fact no longer believed as it was.\n")
    assert alice.json("facts", "--predicate", "weighs") == []
    assert "Retracted on" in alice.text("why", id)


@pytest.fixture
def ona(shell: Shell) -> Shell:
    """On a file in which two spellings of a name were found to be one."""
    spellings = {text: [ClaimDraft(Mention("Alice"), "knows", Mention(text, "person"), f"Alice knows {text}.")] for text in ("Zoë", "Zoe")}
    with Memory(shell.db, extractor=ScriptedExtractor(spellings)) as memory:
        for text in spellings:
            memory.add(text, user_id="alice")
    return shell


@pytest.mark.parametrize("columns", [80, 160])
def test_merges_lists_who_is_who_and_why(ona: Shell, columns: int) -> None:
    shown = replace(ona, columns=columns).text("merges")
    assert all(part in shown for part in ("Zoe", "Zoë", "rule", "letters"))
    assert max(map(len, shown.splitlines())) <= columns


def test_unmerge_takes_a_merge_back_and_keeps_the_reason(ona: Shell) -> None:
    [merged] = ona.json("merges")
    assert list(merged) == ["name", "into", "reason", "decider", "recorded_at", "undone"]
    assert (merged["name"], merged["into"], merged["reason"]) == ("Zoe", "Zoë", "Zoe is Zoë: the same letters")
    assert (merged["decider"], merged["undone"]) == ("rule", None)
    ona.text("unmerge", "zoë", "Zoe", "--reason", "two people")
    assert ona.json("merges")[0]["undone"] == "two people"
    assert "Taken back: two people" in " ".join(ona.text("merges").split())
    assert {fact["object"] for fact in ona.json("facts", "--predicate", "knows")} == {"Zoe", "Zoë"}
    assert "holds no merge of 'Zoe' and 'Zoë'" in ona.error("unmerge", "Zoe", "Zoë", "--reason", "again")


def test_no_merge_is_said_in_a_sentence(alice: Shell) -> None:
    assert alice.text("merges") == "No two names were found to be of one thing.\n"


def test_add_tells_what_it_merged(shell: Shell) -> None:
    shell.text("add", "--text", "I moved to Zurich.")
    assert "Merged by rule: Zurich is Zürich: the same letters" in shell.text("add", "--text", "I live in Zürich.")


def test_forget_asks_first_with_the_counts(alice: Shell) -> None:
    refused = alice.run("forget", "--everything", stdin="n\n")
    assert refused.exit_code == 1
    assert "Erase 5 episodes, 5 claims" in refused.stderr
    assert "stopped: nothing was changed" in refused.stderr
    assert len(alice.json("episodes")) == 5
    assert alice.text("forget", "--everything", stdin="y\n").startswith("Erased 5 episodes")
    assert alice.json("graphs", user=None) == []


def test_forget_with_dry_run_erases_nothing(alice: Shell) -> None:
    assert alice.text("forget", "--entity", "Rome", "--dry-run").startswith("This would erase 1 episode, 1 claim, 1 entity")
    assert alice.json("forget", "--entity", "Rome", "--dry-run")["dry_run"] is True
    assert len(alice.json("episodes")) == 5


def test_forget_an_episode_by_the_beginning_of_its_id(alice: Shell) -> None:
    (episode,) = [episode for episode in alice.json("episodes") if "Bank Street" in episode["content"]]
    alice.text("forget", "--episode", episode["id"][:10], "--yes")
    assert [fact["object"] for fact in alice.json("facts", "--predicate", "lives_in")] == ["London Road"]


def test_export_and_load_give_the_same_facts(alice: Shell, tmp_path: Path) -> None:
    file, other = tmp_path / "ledger.jsonl", Shell(tmp_path / "other.db")
    records = alice.json("export", str(file))["exported"]
    assert other.json("load", str(file), user=None) == {"loaded": records, "file": str(file)}
    assert other.json("timeline", "Alice") == alice.json("timeline", "Alice")


def test_a_terminal_sees_how_far_a_ledger_is_loaded(alice: Shell, tmp_path: Path) -> None:
    file, other = tmp_path / "ledger.jsonl", Shell(tmp_path / "other.db")
    records = alice.json("export", str(file))["exported"]
    shown = other.on_a_terminal("load", str(file), user=None)
    assert "loading" in shown
    assert f"{records}/{records}" in shown
    assert f"{records}/{records}" in other.on_a_terminal("load", str(file), user=None)  # again, as after an interruption


def test_who_does_not_watch_is_shown_no_progress(alice: Shell, tmp_path: Path) -> None:
    alice.text("export", str(tmp_path / "ledger.jsonl"))
    assert Shell(tmp_path / "other.db").run("load", str(tmp_path / "ledger.jsonl"), user=None).stderr == ""


def test_export_says_what_it_wrote(alice: Shell, tmp_path: Path) -> None:
    assert "records exported to" in alice.text("export", str(tmp_path / "ledger.jsonl"))


def test_graph_as_text(alice: Shell) -> None:
    assert alice.text("graph").splitlines()[:2] == ["Alice", "├── lives_in 84 Bank Street  2025-09-01 –"]


def test_graph_for_other_programs(alice: Shell) -> None:
    assert ET.fromstring(alice.text("graph", "--format", "graphml")).tag.endswith("graphml")  # noqa: S314 - we wrote it
    assert '  "Alice" -> "84 Bank Street" [label="lives_in"];' in alice.text("graph", "--format", "dot").splitlines()
    network = alice.json("graph")
    assert network == json.loads(alice.text("graph", "--format", "json"))
    assert {"Alice", "Rome"} <= {node["name"] for node in network["nodes"]}
    assert {edge["target"] for edge in network["edges"] if edge["predicate"] == "lives_in"} == {"84 Bank Street"}


def test_a_graph_is_in_one_form(alice: Shell) -> None:
    assert "--format dot is no JSON: leave --json out, or give --format json" in alice.error("graph", "--format", "dot", "--json", code=2)


def test_dot_quotes_names(shell: Shell) -> None:
    shell.text("add-fact", 'Al"ice', "likes", "back\\slash")
    assert '  "Al\\"ice" -> "back\\\\slash" [label="likes"];' in shell.text("graph", "--format", "dot").splitlines()


def test_graph_of_nothing(alice: Shell) -> None:
    assert alice.text("graph", "--as-of", "1990").startswith("No fact")


def test_graphs_and_episodes(alice: Shell) -> None:
    assert alice.text("graphs", user=None) == "user:alice\n"
    assert "“I live in London Road.”" in alice.text("episodes")


def test_the_environment_names_the_file(alice: Shell) -> None:
    result = CliRunner(env={"MEM0G_DB": str(alice.db)}).invoke(main, ["graphs"])
    assert result.stdout == "user:alice\n"


def test_a_label_narrows_what_is_read(shell: Shell) -> None:
    with Memory(shell.db) as memory:
        memory.add_fact("Alice", "likes", "tea", user_id="alice", agent_id="cook")
        memory.add_fact("Alice", "likes", "jazz", user_id="alice", agent_id="dj")
    assert [fact["object"] for fact in shell.json("facts", "--agent", "cook")] == ["tea"]


def test_control_characters_do_not_reach_the_terminal(shell: Shell) -> None:
    shell.run("add-fact", "Alice", "likes", "\x1b[31mred", "--text", "\x1b]0;title\x07")
    assert "\x1b" not in shell.text("facts") + shell.text("episodes")


def test_the_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.split()[-1] == "0.1.0"
