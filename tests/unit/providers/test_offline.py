"""The offline extractor: what it reads out of English chat, and above all what it does not."""

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from mem0g.errors import MissingExtra
from mem0g.model import ClaimDraft, Episode, Kind, Mention, Source, Value
from mem0g.period import show
from mem0g.ports import ExtractionRequest, Extractor
from mem0g.providers.offline import OfflineExtractor, parser

AT = datetime(2026, 3, 11, 17, 0, tzinfo=UTC)
"""A Wednesday."""
EXTRACTOR: Extractor = OfflineExtractor()


def episode(text: str, speaker: str = "Alice", number: int = 0, role: str = "user", source: Source = Source.MESSAGE) -> Episode:
    return Episode(str(number), "user:alice", text, AT, AT, speaker, role=role, source=source)


def drafts(*said: str, speaker: str = "Alice") -> Sequence[ClaimDraft]:
    """The claims of the last message, said after the others; "Bob: …" is said by Bob."""
    episodes = [_by(text, number, speaker) for number, text in enumerate(said)]
    answer = EXTRACTOR.extract(ExtractionRequest([episodes[-1]], recent=episodes[:-1], owner="Alice"))
    return answer[episodes[-1].id]


def _by(text: str, number: int, speaker: str) -> Episode:
    name, _, rest = text.partition(": ")
    return episode(rest, name, number) if name in {"Bob", "Alice"} else episode(text, speaker, number)


def line(draft: ClaimDraft) -> str:
    """A draft as one line: `Alice lives_in Lisbon [2026-03-02..–]`."""
    match draft.object:
        case None:
            thing = "–"
        case Mention(name=thing) | Value(text=thing):
            pass
    marks = ["not"] * draft.negated + ["event"] * (draft.kind is Kind.EVENT) + ["correction"] * draft.correction
    valid = [f"[{show(draft.valid.start)}..{show(draft.valid.end)}]"] if draft.valid else []
    holder = [f"says {draft.holder.name}"] if draft.holder else []
    return " ".join([draft.subject.name, *marks, draft.predicate, thing, *valid, *holder])


STATES = {
    "I live in Lisbon.": ["Alice lives_in Lisbon"],
    "We live in Oslo, in the north.": ["Alice lives_in Oslo"],
    "I still live in Lisbon.": ["Alice lives_in Lisbon"],
    "I live in New York City.": ["Alice lives_in New York City"],
    "I live at 84 Bank Street.": ["Alice lives_at 84 Bank Street"],
    "I'm based in Rome.": ["Alice lives_in Rome"],
    "My sister Anna lives in Porto and works as a nurse.": ["Alice sister Anna", "Anna lives_in Porto", "Anna works_as nurse"],
    "My sister lives in Porto.": ["Alice's sister lives_in Porto"],
    "My mum lives in Leeds.": ["Alice's mother lives_in Leeds"],
    "My sister, who lives in Porto, is a nurse.": ["Alice's sister lives_in Porto", "Alice's sister works_as nurse"],
    "Bob and his wife Carla live in Rome.": ["Bob wife Carla", "Bob lives_in Rome", "Carla lives_in Rome"],
    "My husband Tom and I live in Oslo.": ["Alice husband Tom", "Tom lives_in Oslo", "Alice lives_in Oslo"],
    "My sister is called Anna.": ["Alice sister Anna"],
    "My sister's name is Anna.": ["Alice sister Anna"],
    "Anna is my sister.": ["Alice sister Anna"],
    "Tom and Jim are my brothers.": ["Alice brother Tom", "Alice brother Jim"],
    "My boss, Karl, is from Hamburg.": ["Alice boss Karl", "Karl is_from Hamburg"],
    "I'm a nurse.": ["Alice works_as nurse"],
    "I'm a software engineer at Globex.": ["Alice works_as software engineer", "Alice works_for Globex"],
    "I work for Brightwater as a data analyst.": ["Alice works_for Brightwater", "Alice works_as data analyst"],
    "I work at a bakery.": ["Alice works_for bakery"],
    "I work for a startup called Initech.": ["Alice works_for Initech"],
    "I study medicine at Porto University.": ["Alice studies medicine", "Alice studies_at Porto University"],
    "I'm learning Portuguese.": ["Alice studies Portuguese"],
    "I'm vegetarian, and I'm allergic to peanuts.": ["Alice diet vegetarian", "Alice allergic_to peanuts"],
    "I like sushi, pizza and ramen.": ["Alice likes sushi", "Alice likes pizza", "Alice likes ramen"],
    "I love hiking.": ["Alice likes hiking"],
    "I hate coriander.": ["Alice dislikes coriander"],
    "I'm vegetarian and I avoid dairy.": ["Alice diet vegetarian", "Alice avoids dairy"],
    "Should I avoid coffee?": [],
    "I avoid that.": [],
    "I love mushroom risotto.": ["Alice likes mushroom risotto"],
    "I love fried rice.": ["Alice likes fried rice"],
    "I love Love Island.": ["Alice likes Love Island"],
    "I love pizza and hate sushi.": ["Alice likes pizza"],
    "I like pizza and dislike sushi.": ["Alice likes pizza"],
    "I hate pizza and love sushi.": ["Alice dislikes pizza"],
    "I don't like pizza and love sushi.": ["Alice dislikes pizza"],
    "I like dogs and love cats.": ["Alice likes dogs"],
    "I love pizza but hate sushi.": ["Alice likes pizza"],
    "I love pizza, hate sushi.": ["Alice likes pizza"],
    "I enjoy tea and hate coffee.": ["Alice likes tea"],
    "I love tea and enjoy hiking.": ["Alice likes tea", "Alice likes hiking"],
    "I love hiking and hate running.": ["Alice likes hiking", "Alice dislikes running"],
    "I eat fish and dislike meat.": ["Alice eats fish"],
    "I work for Acme and love tea.": ["Alice works_for Acme"],
    "I have a cat and like dogs.": ["Alice has_pet cat"],
    "I have three dogs and a cat.": ["Alice has_pet cat"],
    "I have two cats called Miso and Tofu.": ["Alice has_pet Miso", "Miso is cat", "Alice has_pet Tofu", "Tofu is cat"],
    "I can't stand coriander.": ["Alice dislikes coriander"],
    "I prefer tea to coffee.": ["Alice prefers tea"],
    "I don't eat meat.": ["Alice not eats meat"],
    "I play the guitar and speak fluent German.": ["Alice plays guitar", "Alice speaks German"],
    "I can speak French.": ["Alice speaks French"],
    "I'm 34 years old.": ["Alice age 34"],
    "I weigh 72 kg now.": ["Alice weighs 72 kg"],
    "I'm 182 cm tall.": ["Alice height 182 cm"],
    "My email is alice@example.com.": ["Alice email alice@example.com"],
    "My phone number is +351 912 345 678.": ["Alice phone +351 912 345 678"],
    "My birthday is on 3 May.": ["Alice birthday 3 May"],
    "I was born in Porto on 3 May 1990.": ["Alice born_in Porto", "Alice birthday 3 May 1990"],
    "My favourite colour is blue.": ["Alice favourite_colour blue"],
    "Blue is my favorite color.": ["Alice favourite_color Blue"],
    "I'm from Lisbon but I live in Oslo.": ["Alice is_from Lisbon", "Alice lives_in Oslo"],
    "I'm married to Tom.": ["Alice married_to Tom"],
    "I have a cat called Miso.": ["Alice has_pet Miso", "Miso is cat"],
    "Our dog Rex hates thunder.": ["Alice has_pet Rex", "Rex is dog", "Rex dislikes thunder"],
    "I drive a Tesla.": ["Alice drives Tesla"],
    "I have a piano.": ["Alice owns piano"],
    "I think Bob works for Initech.": ["Bob works_for Initech"],
    "I'm glad that I live in Oslo.": ["Alice lives_in Oslo"],
    "I live in Oslo because I work for Acme.": ["Alice lives_in Oslo", "Alice works_for Acme"],
}

WORDINGS = {
    "We finally moved to Bruges, there are boxes everywhere.": ["Alice lives_in Bruges"],
    "I moved back to Porto.": ["Alice lives_in Porto"],
    "I started at Bosch, so no more Siemens canteen for me.": ["Alice works_for Bosch"],
    "I got promoted to shift manager!": ["Alice works_as shift manager"],
    "Globex is my new employer.": ["Alice works_for Globex"],
    "My new employer is Globex.": ["Alice works_for Globex"],
    "My new job is at Globex.": ["Alice works_for Globex"],
    "I switched jobs, I'm at Bosch now.": ["Alice works_for Bosch"],
    "I was hired by Bosch.": ["Alice works_for Bosch"],
    "I found a new job at Bosch.": ["Alice works_for Bosch"],
    "Paul and I got married.": ["Alice married_to Paul"],
    "Paul and I got divorced.": ["Alice not married_to Paul"],
    "Tom and I broke up.": ["Alice not partner Tom"],
    "I dropped out of MIT.": ["Alice not studies_at MIT"],
    "I gave up tennis.": ["Alice not plays tennis"],
    "I've given up coffee.": ["Alice not drinks coffee"],
    "We sold our house.": ["Alice event sold house", "Alice not owns house"],
    "Our dog Rex died.": ["Rex is dog", "Alice not has_pet Rex"],
    "I'm no longer with Acme.": ["Alice not works_for Acme"],
    "My brother isn't vegan any more.": ["Alice's brother not diet vegan"],
    "I don't drink alcohol at all.": ["Alice not drinks alcohol"],
    "We live in Porto now, not in Lisbon any more.": ["Alice lives_in Porto"],
    "My email has changed, it's a@b.example now.": ["Alice email a@b.example"],
    "You can reach me at a@b.example.": ["Alice email a@b.example"],
    "My rent went up to 950 euros.": ["Alice pays_rent 950 euros"],
    "I pay 900 euros a month in rent.": ["Alice pays_rent 900 euros"],
    "I'm down to 80 kg.": ["Alice weighs 80 kg"],
    "I'm thirty-four.": ["Alice age 34"],
    "Our daughter Nele turned six.": ["Alice daughter Nele", "Nele age 6"],
    "I have a parrot called Kiko.": ["Kiko is parrot", "Alice has_pet Kiko"],
    "Don't forget that I'm allergic to walnuts.": ["Alice allergic_to walnuts"],
    "I told you I'm vegan.": ["Alice diet vegan"],
    "I've worked for IKEA since 2019, as you know.": ["Alice works_for IKEA [2019-01-01..–]"],
    "I'm going to learn Greek.": ["Alice plans learn Greek"],
    "I'm going to quit KPMG after the summer.": ["Alice plans quit KPMG after the summer"],
    "We're planning a trip to Japan.": ["Alice plans a trip to Japan"],
    "My plan is to move to Porto.": ["Alice plans move to Porto"],
    "Big news: we've moved to Porto!": ["Alice lives_in Porto"],
    "I wanted to tell you that I'm vegan now.": ["Alice diet vegan"],
    "I work for Acme, in case you wondered.": ["Alice works_for Acme"],
    "i moved to porto 🎉": ["Alice lives_in Porto"],
    "Just moved to Porto!": ["Alice lives_in Porto"],
    "Still living in Porto.": ["Alice lives_in Porto"],
    "My sister Ines lives in Braga with her husband Rui.": ["Alice sister Ines", "Ines lives_in Braga", "Ines husband Rui"],
    "Hugo says he's moved to Leeds.": ["Hugo lives_in Leeds says Hugo"],
    "Tom is sure Anna works for Globex.": ["Anna works_for Globex says Tom"],
    "Forget what I said about the gluten allergy, the clinic mixed up the tests.": ["Alice not correction allergic_to gluten"],
    "I said Mila was 12, but she's 13.": ["Mila correction age 13"],
    "I never worked for Acme, that was my cousin.": ["Alice not correction works_for Acme"],
    "Actually, I'm 35, not 34.": ["Alice correction age 35"],
}

TIMES = {
    "I've lived in Oslo since 2021.": ["Alice lives_in Oslo [2021-01-01..–]"],
    "I've had a piano since 2019.": ["Alice owns piano [2019-01-01..–]"],
    "I've been working at Acme since March.": ["Alice works_for Acme [2026-03-01..–]"],
    "I lived in Berlin from 2010 to 2012.": ["Alice lives_in Berlin [2010-01-01..2013-01-01]"],
    "In 2010 I lived in Berlin.": ["Alice lives_in Berlin [2010-01-01..2011-01-01]"],
    "I used to live in Berlin.": ["Alice lives_in Berlin [–..2026-03-11 17:00Z]"],
    "I was a teacher for ten years.": ["Alice works_as teacher [–..2026-03-11 17:00Z]"],
    "Until June I'm living in Rome.": ["Alice lives_in Rome [–..2026-07-01]"],
    "I moved to Lisbon last week.": ["Alice lives_in Lisbon [2026-03-02..–]"],
    "I've just moved to Porto!": ["Alice lives_in Porto"],
    "We moved from Oslo to Lisbon in January 2026.": ["Alice lives_in Lisbon [2026-01-01..–]"],
    "I started a new job at Globex last Monday.": ["Alice works_for Globex [2026-03-09..–]"],
    "I got a new job at Globex.": ["Alice works_for Globex"],
    "I quit my job at Acme yesterday, and start at Globex on Monday.": [
        "Alice not works_for Acme [2026-03-10..–]", "Alice works_for Globex [2026-03-16..–]",
    ],
    "I quit my job.": ["Alice not works_for –"],
    "I left Acme in March.": ["Alice not works_for Acme [2026-03-01..–]"],
    "I left Berlin in February.": ["Alice not lives_in Berlin [2026-02-01..–]"],
    "I was fired from Acme.": ["Alice not works_for Acme"],
    "I no longer work for Acme.": ["Alice not works_for Acme"],
    "I don't like sushi any more.": ["Alice not likes sushi"],
    "I'm no longer vegetarian.": ["Alice not diet vegetarian"],
    "I'm not vegetarian any more.": ["Alice not diet vegetarian"],
    "I stopped working at Acme in February.": ["Alice not works_for Acme [2026-02-01..–]"],
    "I haven't lived in Oslo since 2019.": ["Alice not lives_in Oslo [2019-01-01..–]"],
    "I became a manager in February.": ["Alice works_as manager [2026-02-01..–]"],
    "I went vegan last year.": ["Alice diet vegan [2025-01-01..–]"],
    "I got married to Tom last summer.": ["Alice married_to Tom [2025-06-01..–]"],
    "I turned 35 yesterday.": ["Alice age 35 [2026-03-10..–]"],
    "From 1 September I live at 84 Bank Street.": ["Alice lives_at 84 Bank Street [2026-09-01..–]"],
    "I'm moving to Porto on 1 September.": ["Alice lives_in Porto [2026-09-01..–]"],
    "From 1 September I'll live in Porto.": ["Alice lives_in Porto [2026-09-01..–]"],
    "My last day at Acme is Friday.": ["Alice not works_for Acme [2026-03-13..–]"],
    "I visited Paris.": ["Alice event visited Paris"],
    "We visited Rome in January.": ["Alice event visited Rome [2026-01-01..2026-02-01]"],
    "I ran the half marathon on 1 March.": ["Alice event ran half marathon [2026-03-01..2026-03-02]"],
    "I signed up for the half marathon in May.": ["Alice event signed_up_for half marathon"],
    "I bought a guest bed today.": ["Alice event bought guest bed [2026-03-11..2026-03-12]"],
    "We adopted a dog called Pixel on Sunday.": [
        "Alice event adopted dog [2026-03-08..2026-03-09]", "Alice has_pet Pixel [2026-03-08..–]", "Pixel is dog",
    ],
    "I met my friend Carla yesterday.": ["Alice friend Carla", "Alice event met Carla [2026-03-10..2026-03-11]"],
    "I'm thinking of adopting a dog.": ["Alice plans adopt a dog"],
    "I might move to Berlin in September.": ["Alice plans move to Berlin in September"],
    "I'd like to learn Spanish.": ["Alice plans learn Spanish"],
    "I'd love to live in Rome.": ["Alice plans live in Rome"],
    "I want to visit Japan.": ["Alice plans visit Japan"],
    "I'm moving to Porto.": ["Alice plans move to Porto"],
}  # fmt: skip

VOICES = {
    "Bob thinks Alice lives in Paris.": ["Alice lives_in Paris says Bob"],
    "Bob told me that Carla works for Initech.": ["Carla works_for Initech says Bob"],
    "According to Bob, Alice lives in Paris.": ["Alice lives_in Paris says Bob"],
    "Bob says he lives in Rome.": ["Bob lives_in Rome says Bob"],
    "My sister thinks I live in Madrid.": ["Alice lives_in Madrid says Alice's sister"],
    "I've never lived in Lisbon.": ["Alice not correction lives_in Lisbon"],
    "I never worked for Acme.": ["Alice not correction works_for Acme"],
    "No, I live in Porto, not Lisbon!": ["Alice correction lives_in Porto"],
}

CONVERSATIONS = [
    (["I moved to Lisbon last week.", "Sorry, I meant Porto, not Lisbon."], ["Alice correction lives_in Porto"]),
    (["I moved to Lisbon last week.", "Bob: nice", "Actually it's Porto, not Lisbon."], ["Alice correction lives_in Porto"]),
    (["I moved to Lisbon last week.", "I meant Porto."], ["Alice correction lives_in Porto"]),
    (["I live in Lisbon.", "*Porto"], ["Alice correction lives_in Porto"]),
    (["I live in Lisbon.", "I said Lisbon but I meant Porto."], ["Alice correction lives_in Porto"]),
    (["I weigh 74 kg.", "Correction: I weigh 72 kg."], ["Alice correction weighs 72 kg"]),
    (["I weigh 74 kg.", "Sorry, I meant 72 kg."], ["Alice correction weighs 72 kg"]),
    (["My sister Anna lives in Porto.", "Sorry, not Porto, Braga."], ["Anna correction lives_in Braga"]),
    (["I told you Tom moved to Seville. Sorry, I meant Granada, not Seville."], ["Tom correction lives_in Granada"]),
    (["I live in Lisbon.", "Sorry, I meant March, not April."], []),
    (["I live in Lisbon.", "I meant that as a joke."], []),
    (["I live in Lisbon.", "Not bad, thanks!"], []),
    (["Bob: I live in Lisbon.", "I meant Porto, not Lisbon."], []),
    (["My sister Anna is here.", "She lives in Porto."], ["Anna lives_in Porto"]),
    (["My sister Anna is here.", "My sister lives in Porto."], ["Anna lives_in Porto"]),
    (["My sister Anna and my friend Carla are here.", "She lives in Porto."], []),
    (["My sister Anna is here.", "Bob: ok", "She lives in Porto."], []),
    (["My brother Tom is here.", "She lives in Porto."], []),
    (["I had lunch with Carol and Mike.", "They live in Bath."], ["Carol lives_in Bath", "Mike lives_in Bath"]),
    (["I told Carol and Mike about my cousins.", "They live in Bath."], []),
    (["Bob: What does your brother Levon do?", "He works as a paramedic."], ["Levon works_as paramedic"]),
    (["My sister Anna is here.", "My colleague Anna lives in Rome."], []),
    (["Bob: How is Tom?", "Moved to Berlin."], []),
    (["Bob: I've known you for years.", "I've known you since 2016."], ["Alice knows Bob [2016-01-01..–]"]),
]

NOTHING = """
Do you live in Lisbon?
Where do I live
do i live in Porto
Am I allergic to nuts
I live in Lisbon, right?
Did I tell you that I moved to Lisbon?
Don't I live in Lisbon?
Anyone know where Tom lives?
If I lived in Paris I'd be broke.
If I move to Paris I'll learn French.
When I live in Porto, I'll get a dog.
Unless I move to Porto, I'll stay.
I would live in Paris.
I could move to Berlin.
I should've moved to Paris.
I wish I lived in Paris.
Imagine I lived in Paris.
Suppose I moved to Paris.
Let's say I live in Paris.
Picture this: I live in Paris.
One day I'll live in Paris.
In my dream I lived in Paris.
In her novel Tom lives in Rome.
It feels like I moved to Lisbon years ago.
haha I basically live at the office
I basically live in Excel.
I live in Lisbon now lol
I work for Globex /s
I'm married to my spreadsheets.
I'm married to Netflix.
Sure, I moved to Mars last week.
Just kidding, I moved to Rome.
Oh great, I just love working weekends.
You should move to Porto.
Let's adopt a dog!
Move to Porto on Monday.
People live in cities.
Cats like milk.
Everyone in my family lives in Rome.
All my friends live in Rome.
He said "I live in Paris with my sister Anna".
```I live in Paris```
`I live in Paris`
> I live in Paris
Tom: I quit Acme yesterday.
♪ I left my job in San Francisco ♪
I live for coffee.
I'm over the moon.
I was moved to tears.
I left Acme speechless.
I left my keys at Acme.
I left Bob in March.
I left Lisbon this morning.
I live in fear.
I work at night.
I'm working on a report for Acme.
I moved the meeting to Lisbon.
We moved to Slack.
We moved to Linux in May.
She lives in Paris.
They moved to Lisbon.
Bob and Tom came by. He lives in Paris.
Tom came by. She lives in Rome.
I doubt that Alice lives in Paris.
I don't think Bob works for Initech.
Bob doesn't think Alice lives in Paris.
I thought Tom lived in Rome.
I heard that Tom moved to Rome.
I was told that Tom lives in Rome.
They say Tom lives in Rome.
Apparently Tom moved to Rome.
Rumour has it that Bob quit Acme.
Maybe I moved to Lisbon.
I think so.
I know, I know.
I almost bought a house.
I didn't move to Porto.
I haven't moved to Porto yet.
I never left Acme.
I never stopped working for Acme.
I don't only work for Acme.
I've been living in Rome until recently.
I don't want to move to Porto.
I was going to move to Porto.
I decided not to move to Rome.
I have to quit Acme.
I want to say thank you.
I'd like to know more.
I love it.
I love this song.
I have a dog and hate cats.
I have a dog and love sushi.
I have two cats.
My sister has two cats.
I enjoy reading and love books.
I LOVE PIZZA AND HATE SUSHI.
I love mushroom risotto though, so find us a place.
I love your new hair.
I had a great day.
I have a question.
I have a cold.
I have a dog in this fight.
I have bigger fish to fry.
I'm tired.
I'm a terrible cook.
I'm no doctor.
I'm back from Rome.
I'm in Lisbon this week.
I'll be in Oslo on Friday.
We land in Lisbon on the 18th!
I'm 5 minutes late.
We are 5.
I like sushi or pizza.
Either Bob or Tom lives in Rome.
Neither Tom nor Anna lives in Rome.
I run a bath.
I could eat a horse.
It's raining cats and dogs.
I applied for a job at Globex.
It's not true that I live in Rome.
Tom asked whether I live in Rome.
You live in Lisbon.
The company moved to Porto.
Rome wasn't built in a day.
""".strip().splitlines()


@pytest.mark.parametrize(("text", "expected"), [*STATES.items(), *WORDINGS.items(), *TIMES.items(), *VOICES.items()])
def test_it_reads(text: str, expected: list[str]) -> None:
    assert [line(draft) for draft in drafts(text)] == expected


@pytest.mark.parametrize(("said", "expected"), CONVERSATIONS)
def test_it_reads_a_message_among_those_before_it(said: list[str], expected: list[str]) -> None:
    assert [line(draft) for draft in drafts(*said)] == expected


@pytest.mark.parametrize("text", NOTHING)
def test_it_says_nothing(text: str) -> None:
    assert [line(draft) for draft in drafts(text)] == []


def test_no_word_of_the_assistant_is_a_claim() -> None:
    said = episode("I live in Lisbon. You should move to Porto.", role="assistant")
    assert EXTRACTOR.extract(ExtractionRequest([said])) == {"0": ()}


def test_a_stated_fact_is_not_read_again() -> None:
    assert EXTRACTOR.extract(ExtractionRequest([episode("I live in Lisbon.", source=Source.FACT)])) == {"0": ()}


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "?!", "🙂", "a" * 5_000, "I live in Lisbon. " * 400, "ünïcödé ☃ \u200b"])
def test_odd_text_is_read_without_error(text: str) -> None:
    assert {line(draft) for draft in drafts(text)} <= {"Alice lives_in Lisbon"}


def test_the_quote_is_cut_from_the_message_as_written() -> None:
    text = "Hi “Bob”!  I’ve moved to *Lisbon* last week… And `x = 1`. I'm vegetarian."
    assert all(draft.quote and draft.quote in text for draft in drafts(text))


def test_a_sentence_and_the_types_follow_from_the_predicate() -> None:
    (draft,) = drafts("I moved to Lisbon last week.")
    assert draft.text == "Alice lives in Lisbon."
    assert (draft.subject, draft.object) == (Mention("Alice", "person"), Mention("Lisbon", "place"))
    (denial,) = drafts("I no longer work for Acme.")
    assert denial.text == "Alice does not work for Acme."
    assert denial.object == Mention("Acme", "organization")


def test_a_value_is_a_value() -> None:
    assert [draft.object for draft in drafts("I weigh 72 kg.")] == [Value("72 kg", "amount")]


def test_a_correction_names_what_was_wrong_and_takes_over_its_time() -> None:
    (draft,) = drafts("I moved to Lisbon last week.", "I meant Porto.")
    assert (draft.replaces, draft.valid) == (Mention("Lisbon", "place"), None)


def test_also_and_only_show_how_many_there_are() -> None:
    assert [drafts(f"I {word} work for Acme.")[0].exclusive for word in ("", "also", "only")] == [None, False, True]


def test_an_opinion_is_held_less_firmly() -> None:
    assert [draft.confidence for text in ("I think Tom lives in Rome.", "Tom lives in Rome.") for draft in drafts(text)] == [0.7, 1.0]


def test_many_threads_read_at_once() -> None:
    texts = [f"I moved to Lisbon in {year}." for year in range(1990, 2020)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: [line(draft) for draft in drafts(text)], texts))
    assert found == [[f"Alice lives_in Lisbon [{year}-01-01..–]"] for year in range(1990, 2020)]


def test_spacy_is_loaded_only_when_something_is_read() -> None:
    program = "import sys; from mem0g.providers.offline import OfflineExtractor; OfflineExtractor(); print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_a_missing_pipeline_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "WHEEL", "no-such-wheel")
    with pytest.raises(MissingExtra, match=r"pip install '/path/to/mem0g\[offline\]'"):
        parser.wheel_pipeline()


def test_changed_files_are_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "PIPELINE_SHA256", "0" * 64)
    with pytest.raises(MissingExtra, match="are not those"):
        parser.wheel_pipeline()
