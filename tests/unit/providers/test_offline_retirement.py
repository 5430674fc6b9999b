"""What the offline extractor must never do: end a fact that is still true. Each message is put to a memory that believes the fact."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mem0g import Memory
from mem0g.providers.offline import OfflineExtractor

BEFORE = datetime(2025, 1, 14, 9, tzinfo=UTC)
AT = datetime(2026, 3, 11, 17, tzinfo=UTC)

HOME = ("Alice", "lives_in", "Lisbon")
JOB = ("Alice", "works_for", "Acme")
MARRIED = ("Alice", "married_to", "Paul")
VEGAN = ("Alice", "diet", "vegan")
TEA = ("Alice", "likes", "tea")
MEAT = ("Alice", "eats", "meat")
TENNIS = ("Alice", "plays", "tennis")
HOUSE = ("Alice", "owns", "house")
ANNA = ("Anna", "lives_in", "Kraków")
TOM = ("Tom", "works_for", "Acme")

Fact = tuple[str, str, str]

STANDING: dict[str, list[tuple[Fact, str]]] = {
    "another of the name": [
        (ANNA, "My colleague Anna, not my sister, moved to Gdańsk in May."),
        (ANNA, "My friend Anna moved to Gdańsk in May."),
        (ANNA, "Anna from work moved to Gdańsk."),
        (ANNA, "The other Anna moved to Gdańsk."),
        (ANNA, "Another Anna, from my choir, lives in Rome."),
        (ANNA, "Anna, a colleague from Lund, moved to Rome."),
        (ANNA, "Anna Kowalska moved to Gdańsk."),
        (ANNA, "Anna's company moved to Gdańsk."),
        (TOM, "A different Tom quit Acme."),
        (TOM, "A guy named Tom quit Acme."),
        (TOM, "Tom's brother quit Acme."),
        (TOM, "Tom the cat moved out."),
        (TOM, "Our cat Tom moved to Gdańsk."),
    ],
    "somebody else": [
        (HOME, "My boss moved to Berlin."),
        (JOB, "My neighbour quit Acme."),
        (JOB, "A friend of mine quit Acme."),
        (JOB, "The guy next to me works for Globex."),
        (HOME, "Everyone but me moved to Berlin."),
        (HOME, "One of us lives in Berlin."),
        (HOME, "We as a company moved to Berlin."),
        (HOME, "Our team moved to Berlin."),
        (HOME, "Acme is moving us to Berlin."),
        (HOME, "I moved Tom to Berlin."),
        (HOUSE, "My sister sold the house."),
        (HOUSE, "I sold the house for a client."),
    ],
    "no home and no job": [
        (HOME, "We moved to Google Docs."),
        (HOME, "I moved to Deloitte in May."),
        (HOME, "I moved to Novo Nordisk."),
        (HOME, "I moved to the Berlin office."),
        (HOME, "We moved to Berlin on the map."),
        (HOME, "I moved to Berlin in my head."),
        (JOB, "I started at the gym on Monday."),
        (JOB, "I stopped by Acme."),
        (JOB, "I quit the Acme newsletter."),
        (JOB, "I left Acme off the list."),
        (JOB, "I retired early last night."),
        (JOB, "I'm no longer at Acme, call my mobile."),
        (MARRIED, "Tom and I broke up laughing."),
        (MARRIED, "I broke up with my hairdresser Tom."),
    ],
    "visits and stays": [
        (HOME, "I was in Berlin last week."),
        (HOME, "I'm in Berlin now."),
        (HOME, "I'm staying in Berlin for a month."),
        (HOME, "I'm living in Berlin for the summer."),
        (HOME, "I live in Berlin during the week."),
        (HOME, "I moved to Berlin for the weekend."),
        (HOME, "I moved to Berlin for three months."),
        (HOME, "I moved back to Berlin for the summer."),
        (HOME, "I moved to Berlin temporarily."),
        (HOME, "I moved to Berlin but moved back to Lisbon."),
        (HOME, "I moved to Berlin, then I came back."),
        (HOME, "I left Lisbon."),
        (HOME, "I've left Lisbon for the weekend."),
        (HOME, "I left Lisbon this morning."),
        (HOME, "I'm no longer in Lisbon."),
        (JOB, "I'm working at Globex today."),
        (JOB, "I'm working for Globex this week."),
        (JOB, "I worked for Globex last week."),
        (JOB, "I left Acme at five."),
        (JOB, "I'm leaving Acme in five minutes."),
        (JOB, "I quit Acme for the day."),
        (JOB, "Globex hired me for a day."),
        (JOB, "I got a summer job at Globex."),
        (JOB, "I have another job at Globex."),
    ],
    "long ago": [
        (HOME, "I moved to Berlin as a child."),
        (HOME, "I moved to Berlin when I was ten."),
        (HOME, "When I was ten we moved to Berlin."),
        (HOME, "I moved to Berlin at eighteen."),
        (HOME, "Back then I moved to Berlin."),
        (HOME, "In 1990 I moved to Berlin."),
        (HOME, "I used to live in Berlin."),
        (HOME, "I lived in Berlin last summer."),
        (HOME, "I've lived in Berlin."),
        (JOB, "I used to work for Globex."),
        (JOB, "I worked at Globex when I was 20."),
        (JOB, "I joined Globex in 2010, but left in 2015."),
        (MARRIED, "I got married to Tom in 1990 and divorced in 1995."),
        (VEGAN, "I was vegetarian."),
    ],
    "how far a denial reaches": [
        (JOB, "I don't work for Acme on Fridays."),
        (JOB, "I don't work for Acme because of the money."),
        (JOB, "I don't only work for Acme."),
        (JOB, "I no longer work for Acme on Mondays."),
        (JOB, "I no longer work full-time for Acme."),
        (JOB, "I stopped working at Acme at six."),
        (JOB, "I never left Acme."),
        (JOB, "I haven't quit Acme."),
        (JOB, "I never worked for Acme on Sundays."),
        (HOME, "I don't live in Lisbon for the weather."),
        (HOME, "I don't live in Lisbon proper."),
        (HOME, "I no longer live in Lisbon with Bob."),
        (TEA, "I don't like tea with milk any more."),
        (TEA, "I don't like tea in the evening any more."),
        (TEA, "I don't not like tea."),
        (MEAT, "I don't eat meat at work."),
        (MEAT, "I gave up meat for Lent."),
        (TENNIS, "I stopped playing tennis for a minute."),
        (TENNIS, "I gave up tennis for a week."),
        (VEGAN, "I don't think I'm vegan any more."),
    ],
    "room for both": [
        (JOB, "Besides Acme I work for Globex."),
        (JOB, "I also work for Globex."),
        (JOB, "I work for Acme and Globex."),
        (JOB, "I work for Globex on Saturdays."),
        (JOB, "My other job is at Globex."),
        (HOME, "We live in Lisbon and in Berlin."),
    ],
    "history": [
        (HOME, "I moved to Berlin in 1990, then to Lisbon in 2000."),
        (JOB, "I took a job at Globex in 2010."),
        (VEGAN, "I turned vegetarian in 2010, but not for long."),
    ],
    "what might be": [
        (HOME, "If I lived in Berlin, I'd ski."),
        (HOME, "Had I moved to Berlin, I'd be rich."),
        (HOME, "I'd move to Berlin tomorrow."),
        (HOME, "Say I moved to Berlin."),
        (HOME, "As soon as I live in Berlin, I'll get a dog."),
        (HOME, "I'm thinking of moving to Berlin."),
        (HOME, "We're going to move to Berlin."),
        (HOME, "I might live in Berlin soon."),
        (JOB, "I'm tempted to quit Acme."),
        (JOB, "I nearly quit Acme."),
        (JOB, "I've decided to quit Acme."),
        (JOB, "I'm going to quit Acme after the summer."),
        (JOB, "I've been offered a job at Globex."),
    ],
    "what others say": [
        (HOME, "Tom thinks I live in Berlin."),
        (HOME, "My passport says I live in Berlin."),
        (HOME, "According to Google I live in Berlin."),
        (HOME, "Tom joked that I live in Berlin."),
        (HOME, '"I live in Berlin", he said.'),
        (JOB, "Tom says I quit Acme."),
        (JOB, "Tom wrote: I quit Acme."),
        (JOB, "They wrote that I no longer work for Acme."),
        (JOB, "Someone told me I no longer work for Acme."),
        (JOB, "I never said I quit Acme."),
    ],
    "questions": [
        (HOME, "So I live in Berlin now?"),
        (HOME, "You know I live in Berlin, don't you?"),
        (HOME, "Did I tell you I moved to Berlin?"),
        (HOME, "What makes you think I live in Berlin?"),
        (JOB, "Who told you that I quit Acme?"),
        (JOB, "I wonder if I still work for Acme."),
        (VEGAN, "Have you noticed that I'm no longer vegan?"),
    ],
    "jokes": [
        (JOB, "Oh sure, I quit Acme and became an astronaut."),
        (JOB, "I quit Acme. Kidding!"),
        (JOB, "I quit Acme... not!"),
        (JOB, "Great, I quit Acme and live on air."),
        (HOME, "Of course I moved to Berlin, where else."),
        (HOME, "I live in Berlin, said nobody ever."),
        (HOME, "I practically live in Berlin."),
        (MARRIED, "Yeah right, and I'm married to the King of Norway."),
        (MARRIED, "I'm basically married to Excel."),
    ],
}  # fmt: skip

CASES = [(fact, message) for cases in STANDING.values() for fact, message in cases]

NUMBERS = [
    (("Alice", "age", "34"), "I felt 20 again."),
    (("Alice", "age", "34"), "I turned 30 in 2010."),
    (("Alice", "age", "34"), "I'm 12 when it comes to jokes."),
    (("Alice", "age", "34"), "I'll be 50 when I retire."),
    (("Alice", "weighs", "80 kg"), "I weigh 5 kg of flour."),
    (("Alice", "weighs", "80 kg"), "I weigh 200 kg after that dinner."),
    (("Alice", "weighs", "80 kg"), "I weighed 75 kg in May."),
    (("Alice", "weighs", "80 kg"), "My goal is 75 kg."),
]


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    with Memory(tmp_path_factory.mktemp("retirement") / "memory.db", extractor=OfflineExtractor()) as memory:
        yield memory


def holds(memory: Memory, fact: Fact, message: str) -> bool:
    """Whether `fact`, believed before, holds until further notice after Alice has said `message`; each in a graph of its own."""
    graph = f"{' '.join(fact)}: {message}"
    subject, predicate, object = fact
    for relative in (("Alice", "sister", "Anna"), ("Alice", "brother", "Tom")):
        memory.add_fact(*relative, user_id=graph, occurred_at=BEFORE)
    given = memory.add_fact(subject, predicate, object, user_id=graph, occurred_at=BEFORE)
    memory.add({"role": "user", "name": "Alice", "content": message, "occurred_at": AT}, user_id=graph)
    facts = memory.facts(user_id=graph, as_of=AT.replace(minute=1), known_at=AT.replace(minute=1))
    return any(set(given.episode_ids) & set(each.episode_ids) and each.invalid_at is None for each in facts)


@pytest.mark.parametrize(("fact", "message"), [*CASES, *NUMBERS])
def test_a_true_fact_stands(fact: Fact, message: str, memory: Memory) -> None:
    assert holds(memory, fact, message)


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (HOME, "We moved to Berlin last week, there are boxes everywhere."),
        (HOME, "I moved back to Berlin in February."),
        (HOME, "I don't live in Lisbon any more."),
        (JOB, "I started at Globex on 2 March, so no more canteen for me."),
        (JOB, "Globex is my new employer."),
        (JOB, "I switched jobs, I'm at Globex now."),
        (JOB, "I no longer work for Acme because they cut my pay."),
        (JOB, "I quit Acme yesterday."),
        (JOB, "I never worked for Acme in my life."),
        (VEGAN, "I'm not vegan any more."),
        (VEGAN, "Forget what I said about being vegan."),
        (MARRIED, "Paul and I got divorced."),
        (MARRIED, "I'm not married to Paul any more."),
        (TENNIS, "I gave up tennis."),
        (HOUSE, "We sold the house."),
        (ANNA, "My sister Anna moved to Gdańsk in February."),
        (ANNA, "Anna has moved to Gdańsk."),
    ],
)
def test_what_has_ended_is_ended(fact: Fact, message: str, memory: Memory) -> None:
    assert not holds(memory, fact, message)
