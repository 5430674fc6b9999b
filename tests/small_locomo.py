"""Two conversations of LoCoMo's form, made by hand, and what a scripted model says about them.

The model reads each message as one noted sentence, and answers a question right where the words it needs stand in the notes it is shown.
Strict, it marks an answer correct whose words are the gold answer's; lenient, one that shares a word with it.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from llm_server import Body, Reply, answer

from mem0g.evaluation.benchmark.marking import NOTHING_SAID
from mem0g.evaluation.benchmark.overlap import normalised
from mem0g.prompts import extraction, summary
from mem0g.prompts.benchmark import answer_prompt, mark_prompt
from mem0g.testing import ModelRequest

MAYA: dict[str, Any] = {
    "sample_id": "maya",
    "conversation": {
        "speaker_a": "Maya",
        "speaker_b": "Noor",
        "session_1_date_time": "10:00 am on 3 March, 2025",
        "session_1": [
            {"speaker": "Maya", "dia_id": "D1:1", "text": "I moved to York last week."},
            {"speaker": "Noor", "dia_id": "D1:2", "text": "I adopted a dog, Pixel.", "blip_caption": "a brown dog"},
        ],
        "session_2_date_time": "6:30 pm on 10 March, 2025",
        "session_2": [
            {"speaker": "Maya", "dia_id": "D2:1", "text": "I started pottery on Saturday."},
            {"speaker": "Noor", "dia_id": "D2:2", "text": "Pixel ran away yesterday, but he is back."},
        ],
    },
    "qa": [
        {"question": "Where did Maya move?", "answer": "York", "evidence": ["D1:1"], "category": 4},
        {"question": "When did Pixel run away?", "answer": "9 March 2025", "evidence": ["D2:2"], "category": 2},
        {"question": "What is new with Maya and Noor?", "answer": "pottery, a dog", "evidence": ["D2:1", "D1:2"], "category": 1},
        {"question": "Would Noor like a walk?", "answer": "Likely yes", "evidence": ["D1:2"], "category": 3},
        {"question": "What is the name of Maya's cat?", "adversarial_answer": "Pixel", "evidence": ["D1:2"], "category": 5},
    ],
    "observation": {
        "session_1_observation": {"Maya": [["Maya moved to York.", "D1:1"]], "Noor": [["Noor has a dog, Pixel.", "D1:2"]]},
        "session_2_observation": {"Maya": [["Maya does pottery.", "D2:1"]]},
    },
}
PER: dict[str, Any] = {
    "sample_id": "per",
    "conversation": {
        "speaker_a": "Ola",
        "speaker_b": "Per",
        "session_1_date_time": "9:15 am on 1 June, 2025",
        "session_1": [{"speaker": "Per", "dia_id": "D1:1", "text": "I play the cello in an orchestra."}],
    },
    "qa": [{"question": "What does Per play?", "answer": "the cello", "evidence": ["D1:1"], "category": 4}],
}

KNOWN = {
    # Of each question the words that the notes have to hold, and what is said then.
    "Where did Maya move?": ("York", "York"),
    "When did Pixel run away?": ("ran away", "9 March 2025"),
    "What is new with Maya and Noor?": ("pottery", "pottery and a dog"),
    "Would Noor like a walk?": ("dog", "yes"),
    "What does Per play?": ("cello", "cello"),
}
NOT_KNOWN = "not known"


def small(folder: Path, *samples: Mapping[str, Any]) -> Path:
    """A file of these samples, or of both."""
    path = folder / "small.json"
    path.write_text(json.dumps(samples or (MAYA, PER)), encoding="utf-8")
    return path


def said(instructions: str, text: str) -> dict[str, Any]:
    """What the model says."""
    for prompt, says in {
        answer_prompt(): _answer,
        mark_prompt("strict"): lambda asked: _mark(asked, strict=True),
        mark_prompt("lenient"): lambda asked: _mark(asked, strict=False),
        summary.prompt(): lambda _: {"text": "Friends talk."},
        extraction.prompt(): _claims,
    }.items():
        if instructions.startswith(prompt.instructions):
            return says(text)
    raise AssertionError(f"nothing is scripted for {instructions[:80]!r}")


def scripted(request: ModelRequest) -> dict[str, Any]:
    """The answers of a `ScriptedModel`."""
    return said(request.instructions, request.text)


def served(body: Body) -> Reply:
    """The answers of an `LLMServer`."""
    instructions, text = (message["content"] for message in body["messages"][:2])
    return answer(said(instructions, text))


def _answer(text: str) -> dict[str, Any]:
    notes, question = re.fullmatch(r"Asked on [\d-]{10}\.\nNotes:\n(.*)\nQuestion: (.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # is so
    needed, says = KNOWN.get(question, ("\0", ""))
    return {"text": says if needed in notes else NOT_KNOWN}


def _mark(text: str, *, strict: bool) -> dict[str, Any]:
    asked = json.loads(text)
    gold, given = asked["gold answer"], asked["answer"]
    if gold == NOTHING_SAID:
        return {"reason": "nothing was said", "correct": given == NOT_KNOWN}
    shared = set(normalised(gold)) & set(normalised(given))
    return {"reason": "the words", "correct": normalised(gold) == normalised(given) if strict else bool(shared)}


def _claims(text: str) -> dict[str, Any]:
    messages = [json.loads(line) for line in text.splitlines() if line.startswith('{"message":')]
    return {
        "claims": [
            {"message": each["message"], "quote": each["text"], "subject": each["speaker"], "predicate": "noted", "value": each["text"],
             "text": f"{each['speaker']}: {each['text']}"}
            for each in messages
        ]
    }  # fmt: skip
