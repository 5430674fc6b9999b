"""A conversation in LoCoMo's form, made by hand."""

import json
from pathlib import Path
from typing import Any

SAMPLE: dict[str, Any] = {
    "sample_id": "tiny",
    "conversation": {
        "speaker_a": "Ann",
        "speaker_b": "Ben",
        "session_1_date_time": "1:56 pm on 8 May, 2023",
        "session_1": [
            {"speaker": "Ann", "dia_id": "D1:1", "text": "Hey Ben! I went to a pottery class yesterday."},
            {"speaker": "Ben", "dia_id": "D1:2", "text": "Nice, Ann! Which instrument do you play?"},
            {"speaker": "Ann", "dia_id": "D1:3", "text": "The clarinet, for years.", "blip_caption": "a photo of a clarinet"},
        ],
        "session_2_date_time": "9:10 am on 25 May, 2023",
        "session_2": [
            {"speaker": "Ben", "dia_id": "D2:1", "text": "I adopted a puppy."},
            {"speaker": "Ann", "dia_id": "D2:2", "text": "Congratulations!"},
        ],
    },
    "observation": {
        "session_1_observation": {
            "Ann": [["Ann attended a pottery class on 7 May 2023.", "D1:1"], ["Ann has made music since her youth.", ["D1:3", "D9:9"]]],
        },
        "session_2_observation": {"Ben": [["Ben lives in Leeds.", "D2:1"]]},
    },
    "qa": [
        {"question": "When did Ann go to the pottery class?", "answer": "7 May 2023", "evidence": ["D1:1"], "category": 2},
        {"question": "What do Ann and Ben do?", "answer": "pottery, clarinet", "evidence": ["D1:1", "D1:3"], "category": 1},
        {"question": "Which instrument does Ann play?", "answer": "the clarinet", "evidence": ["D1:3"], "category": 4},
        {"question": "Where was Ann born?", "answer": "unknown", "evidence": [], "category": 4},
        {"question": "What did Ann adopt?", "adversarial_answer": "a puppy", "evidence": ["D2:1"], "category": 5},
    ],
}


def write_sample(path: Path, **changed: Any) -> Path:
    """The file, with some of its parts changed."""
    path.write_text(json.dumps([SAMPLE | changed]), encoding="utf-8")
    return path
