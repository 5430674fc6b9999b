"""What is asserted without a model, and what never is: a "yes" where the verb of the question names the fact, in its direction and time."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from mem0g import Memory
from mem0g.testing import ManualClock, ScriptedExtractor

U: dict[str, Any] = {"user_id": "u"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    """It is 15 June 2026."""
    clock = ManualClock(datetime(2026, 6, 15, 10, tzinfo=UTC))
    with Memory(tmp_path_factory.mktemp("told") / "memory.db", extractor=ScriptedExtractor({}), clock=clock) as memory:
        _tell(memory)
        yield memory


def _tell(memory: Memory) -> None:
    def fact(subject: str, predicate: str, object: str, said: str, valid: str | None = None, **others: Any) -> None:
        memory.add_fact(subject, predicate, object, **U, occurred_at=said, valid_at=valid, **others)

    fact("Alice", "lives_in", "Oslo", "2020-03-01", "2020-02")
    fact("Alice", "lives_in", "Lisbon", "2024-06-01", "2024-05-03")
    fact("Alice", "works_for", "Globex", "2021-06-01", "2021", invalid_at="2023-06-01")
    fact("Alice", "works_for", "Acme", "2023-09-10", "2023-09-01")
    fact("Alice", "married_to", "Tom", "2022-07-10", "2022-07-09")
    fact("Alice", "drives", "Volvo", "2023-04-01", "2023-03")
    fact("Alice", "plays", "piano", "2020-03-01", "2019")
    fact("Alice", "visited", "Paris", "2025-05-10", "2025-05-03", event=True)
    fact("Alice", "manages", "Bob", "2024-02-01", "2024-01-15")
    fact("Bob", "lives_in", "Berlin", "2023-01-01", "2018-01-01")
    fact("Bob", "works_for", "Acme", "2023-01-01", "2022-01-01")
    fact("Carol", "lives_in", "Madrid", "2024-03-05")
    fact("Carol", "lives_in", "Rome", "2026-06-01", "2026-09-01")
    fact("Carol", "married_to", "Dan", "2021-05-01", "2015-06", invalid_at="2021-04-02")
    fact("Alice", "lives_in", "Paris", "2025-01-10", holder="Bob")
    fact("Eve", "reports_to", "Alice", "2024-02-01", "2024")
    fact("Eve", "likes", "Frank", "2024-02-01", "2024")
    fact("Eve", "child_of", "Greta", "2024-02-01", "2000")
    fact("Eve", "owns", "cat", "2024-02-01", "2024")
    fact("Eve", "sold", "boat", "2024-04-01", "2024-03-03", event=True)
    fact("Eve", "bought", "house", "2026-04-01", "2027-03", event=True)
    fact("Eve", "visited", "Rome", "2024-04-01", "2024-03", event=True)
    fact("Eve", "lives_in", "Rome", "2025-04-20", "2025-05")
    fact("Eve", "wants", "Tesla", "2025-05-20", "2025-05")
    fact("Eve", "hates", "Initech", "2025-05-20", "2025-05")
    fact("Eve", "refused_offer_from", "Acme", "2025-05-20", "2025-05", event=True)
    fact("Eve", "allergic_to", "penicillin", "2024-02-01")
    fact("Ann", "dislikes", "coffee", "2025-02-01")
    fact("Ann", "age", "41", "2025-02-01")
    fact("Ann", "has_sister", "Beth", "2022-02-01", "2000")
    fact("Lou", "speaks", "French", "2024-02-02", "2024")
    fact("Lou", "studies", "French", "2024-02-02", "2024")
    fact("Kat", "lives_in", "Rome", "2023-01-01", invalid_at="2022-06")
    fact("Qi", "lives_in", "Rio", "2024-02-01", "2024-01-01", holder="Bob")
    fact("Qi", "lives_in", "Ulm", "2024-03-01", "2024")
    fact("Sy", "works_for", "Acme", "2024-03-01", "2020", invalid_at="2026-09-01")


UNANSWERED = {
    "of a time that is not named": """
Where did Alice live back then?
At that time, where did Alice live?
Where did Alice live that week?
Which cities has Alice lived in?
Which companies has Alice worked for?
""",
    "beside forms of asking": """
Find out why Alice moved.
Look up Alice's salary.
What does Alice practise?
Everything about pottery.
Everything Alice wants to play.
What has Alice's choice of car cost?
If anyone had asked us, what would our answer have been?
What did we have Alice down for on 3 May 2024?
""",
    "the opposite": """
Did Alice divorce Tom?
Is Alice separated from Tom?
Has Alice divorced Tom?
Is Alice divorced from Tom?
Is Alice divorced?
Has Alice resigned from Acme?
Did Alice quit Acme?
Has Alice left Acme?
Has Alice left Lisbon?
Did Alice leave Lisbon?
Did Alice stop playing piano?
Does Ann like coffee?
Does Eve love Initech?
Did Eve buy a boat?
Has Eve sold the house?
Did Alice sell the Volvo?
Is Carol no longer in Madrid?
Did Carol divorce Dan?
""",
    "another verb with the same two ends": """
Does Alice like Lisbon?
Is Alice in Paris?
Is Alice in Lisbon?
Does Alice look like Bob?
Is Alice Bob?
Is Bob Alice?
Is Alice like Bob?
Is Alice with Bob?
Does Alice know Bob?
Does Alice like Tom?
Does Alice love Tom?
Does Eve like Initech?
Does Eve know Initech?
Does Eve have a Tesla?
Does Eve drive a Tesla?
Does Eve own a boat?
Does Eve have a boat?
Is Eve at Acme?
Does Eve work for Acme?
Is Eve going to Acme?
Does Lou like French?
Is Lou French?
Does Lou teach French?
Did Alice start Acme?
Did Alice found Acme?
Does Alice own Acme?
Does Alice run Acme?
Did Alice look for a job at Acme?
Did Alice apply to Acme?
Has Alice been to Paris?
Was Alice born in Oslo?
Is Alice from Oslo?
Did Alice study in Oslo?
Does Alice teach piano?
Does Alice own a piano?
Does Alice know Tom?
Is Alice engaged to Tom?
Is Tom Alice's husband?
Is Oslo where Alice lives?
Is Paris where Alice lives?
Is Bob one of the people that Alice likes?
Who did Alice leave?
Where did Alice leave?
What did Alice leave?
Is Alice Tom's wife?
Is Tom Alice's partner?
Is Bob Alice's colleague?
Is Bob Alice's friend?
""",
    "the other direction": """
Does Alice report to Eve?
Does Bob manage Alice?
Who manages Alice?
Who is Alice's manager?
Who does Alice report to?
Who does Bob manage?
Is Bob Alice's manager?
Does Frank like Eve?
Is Greta Eve's child?
Is Greta child of Eve?
Is Acme Alice's employee?
Is Alice Acme's employer?
Does Alice employ Acme?
Who did Alice hire?
Who does Alice employ?
Who are Alice's employees?
Who does Acme work for?
Who did Alice marry Tom?
Does Lisbon live in Alice?
Does the Volvo drive Alice?
Who drives Alice?
Did Paris visit Alice?
Who visited Alice?
Is Ann Beth's sister?
Was Alice managed by Bob?
""",
    "a beginning or an end at another time": """
Did Alice move to Lisbon last week?
Did Alice marry Tom in 2024?
Did Alice join Acme in 2025?
Did Acme hire Alice in 2025?
Did Alice start working for Acme in 2024?
Who joined Acme in 2025?
Who moved to Lisbon in 2026?
Who did Alice marry in 2025?
When did Alice move to Lisbon in 2025?
Did Alice leave Oslo in 2023?
When did Alice leave Oslo in 2023?
Did Alice stop working for Globex in 2022?
Did Alice visit Paris in 2026?
Did Alice visit Paris last week?
Did Alice visit Paris before 2025?
Did Eve visit Rome in February 2024?
Did Eve visit Rome on 3 March 2024?
Did Carol move to Madrid in 2024?
Did Qi live in Ulm in January 2024?
Did Alice live in Lisbon in 2021?
Did Alice start playing piano in March 2019?
""",
    "a time that is not sure, or not all of it": """
Has Alice been married to Tom since 2020?
Has Alice lived in Lisbon since 2020?
Has Alice lived in Lisbon for two years?
Has Alice always lived in Lisbon?
Did Alice live in Oslo until 2023?
Did Alice live in Oslo from 2021 to 2025?
Did Alice live in Oslo throughout 2024?
Did Alice live in Lisbon by 2024?
Did Alice live in Oslo until she married Tom?
Did Kat live in Rome in 1950?
Did Kat live in Rome before 2000?
Did Alice work for Globex in March 2021?
""",
    "what is to come": """
Is Alice moving to Lisbon tomorrow?
Will Alice marry Tom next year?
Will Alice visit Paris?
When will Alice visit Paris?
Is Alice visiting Paris?
Is Alice going to move to Lisbon?
Will Alice move to Lisbon?
Where will Alice live?
Who is Alice going to marry?
Where will Alice live next year?
When will Alice leave Lisbon?
Does Alice visit Paris tomorrow?
Has Eve bought a house?
Did Eve buy a house?
Does Eve have a house?
When did Carol move to Rome?
Does Carol live in Rome?
Has Carol moved to Rome?
How long will Carol live in Madrid?
How long has Carol lived in Rome?
""",
    "wishes, plans, possibilities and reasons": """
Where would Alice like to live?
Where did Alice consider living?
Where did Alice imagine living?
Where is Alice looking to live?
Where does Alice want to live?
Where could Alice live?
Where should Alice live?
Where can Alice work?
Where might Alice live?
What job is Alice looking for?
Does Alice want to live in Lisbon?
Did Alice want to marry Tom?
Would Alice live in Lisbon?
Could Alice live in Lisbon?
May Alice live in Lisbon?
Did Alice try to move to Lisbon?
Did Alice plan to move to Lisbon?
Did Alice ask to join Acme?
Did Alice agree to marry Tom?
Did Alice almost marry Tom?
Does Alice enjoy living in Lisbon?
Does Alice hate working for Acme?
Why does Alice live in Lisbon?
Why did Alice leave Globex?
How did Alice get to Lisbon?
How does Alice like Lisbon?
What would Alice drive?
What car does Alice want?
""",
    "more than is known": """
Does Alice live far from Lisbon?
Does Alice live near Lisbon?
Does Alice live outside Lisbon?
Does Alice live in Lisbon alone?
Does Alice live in Lisbon with Tom?
Does Alice live with anyone?
Does anyone live with Alice?
Does Alice work for Acme full time?
Does Alice work for Acme on Mondays?
Does Alice visit Paris every year?
Does Alice visit Paris?
Did Alice visit Paris twice?
How often did Eve visit Rome?
How many times did Eve visit Rome?
How many people work for Acme?
How many days a week does Alice work?
What time does Alice start work?
When does Alice start work?
When does Alice drive the Volvo?
When does Alice play piano?
Does Alice play piano well?
Does Alice play piano better than Tom?
Is Alice married to Tom happily?
Did Alice live in Oslo for ten years?
Did Alice live in Oslo longer than in Lisbon?
Who lived longest in Oslo?
Who is the oldest?
Which is Alice's favourite city?
Who are Alice's colleagues?
What is Alice's salary?
What does Alice earn?
What is Alice's hometown?
What is Alice's position at Acme?
What company did Alice start?
Which company does Alice own?
Which business did Alice start?
What company does Alice have?
What does Alice have?
What does Alice own?
What did Alice start?
What did Alice quit?
When did Alice start the Volvo?
How long did Alice stay in Paris?
How long has Alice had Tom?
Could Alice be found living in Lisbon?
When did Eve last visit Rome?
When did Alice learn to drive?
When did Alice learn to play?
When did Alice get a job?
When did Alice get home?
When did Alice lose her job?
When did Alice stop driving?
Where was Alice married?
Where did Alice marry Tom?
Where does Alice drive the Volvo?
Who was Alice's first husband?
Who is Alice's new husband?
Who is Alice's ex-husband?
Which car does Alice like?
Which sport does Alice play?
Who does Alice work with?
What does Alice work as?
Where is Alice?
Who is Alice?
Where is Lisbon?
Where does Alice play piano?
""",
    "several at once, or not": """
Do Alice and Bob live in Lisbon?
Do Alice and Bob live together?
Do Alice and Tom live in Lisbon?
Are Alice and Bob married?
Are Alice and Bob colleagues?
Does Alice live in Oslo or Lisbon?
Does Alice live in Lisbon or Paris?
How long did Alice live in Oslo and Lisbon?
When did Alice leave Oslo and move to Lisbon?
Where does Alice live and work?
Does Alice live in Lisbon and work for Acme?
Does Alice not live in Lisbon?
Doesn't Alice live in Oslo?
Has Alice never lived in Oslo?
Who doesn't work for Acme?
Who lives in Lisbon but works for Globex?
Is only Alice in Lisbon?
Does everyone work for Acme?
Does nobody work for Acme?
Where else does Alice live?
""",
    "whose view": """
Where does she think Alice lives?
Does she think Alice lives in Lisbon?
Where do they say Alice lives?
Where did he believe Alice lived in 2021?
What does Bob think of Lisbon?
What does Alice think about Acme?
How long has Bob thought Alice lives in Paris?
Since when does Bob think Alice lives in Paris?
When did Bob start to believe that Alice lives in Paris?
Does Bob hope Alice lives in Paris?
Is Bob right that Alice lives in Paris?
Does Bob know that Alice lives in Lisbon?
Does Bob doubt that Alice lives in Paris?
Who thinks Alice lives in Paris?
Does Bob think Alice lives in Lisbon?
""",
    "neighbours of what may be asked in other words": """
Is Lisbon the country Alice lives in?
Is Tom the man Alice is married to?
Is Acme the person Alice works for?
What is Alice's home town?
Name Alice's job.
Name Alice's dog.
Name the city Alice likes.
Name the city Alice was born in.
Name the company Bob wants to work for.
Name everyone who lives in Lisbon.
List all the cities Alice has lived in.
List every city Alice lived in.
Where did Alice live before the time of Tom?
List Alice as married to Tom.
Give Alice a job at Acme.
State why Alice lives in Lisbon.
Confirm that Alice is not married to Tom.
Is it true that Alice lives in Oslo?
Is it right that Alice works for Acme?
Alice is what?
Alice was where?
Where did Alice live that day?
Where is home for Alice's parents?
What street is Alice's home in?
What are Alice's whereabouts?
Which company had Alice on its board?
Which company had Alice as a customer?
Who had Alice as a boss?
Which city did Alice give up?
Did Alice switch to Acme?
When did Alice switch to decaf?
When did Alice get into Acme?
How long did Alice keep up the mortgage?
How long has Alice been a piano teacher?
Since when has Acme been Alice's favourite?
What changed about the country Alice lived in between 2020 and 2025?
Is there a car that Alice drives, and if so, why?
Had anyone asked Alice on 3 May 2022, where did she live?
If someone had asked us on 3 May 2022 why Alice works for Globex, what would we have said?
What did we have on file on 3 May 2025 for Alice's dog?
What city did our records show for Alice's sister?
Did our records place Alice in Lisbon?
Who did we take to Paris?
If we go by Bob's car, where does Alice live?
Where does Alice live, if we believe in Bob?
Where does Alice live according to what Bob said?
What did Bob take from Alice's home?
Where did Alice live prior to her illness?
Who did Alice work for during the years of war?
""",
}


@pytest.mark.parametrize(("what", "questions"), UNANSWERED.items(), ids=UNANSWERED)
def test_nothing_is_asserted_of(told: Memory, what: str, questions: str) -> None:
    answers = [told.answer(question, **U) for question in questions.strip().splitlines()]
    assert {answer.question: answer.text for answer in answers if not answer.abstained} == {}, what
    assert all(answer.citations == () and answer.dates == () for answer in answers)


LISBON = "Alice has lived in Lisbon since 3 May 2024."
OSLO = "Alice lived in Oslo from February 2020 until 3 May 2024."
GLOBEX = "Alice worked for Globex from 2021 until 1 June 2023."
ACME = "Alice has worked for Acme since 1 September 2023."
TOM = "Alice has been married to Tom since 9 July 2022."
BOB = "Bob has reported to Alice since 15 January 2024."
EVE = "Eve has reported to Alice since 2024."
OSLO_THEN = "Alice has lived in Oslo since February 2020."
PARIS = "Alice has lived in Paris since 10 January 2025 at the latest."
ANSWERED = {
    "Please look up who Alice works for.": ACME,
    "Can you find out where Alice lives?": LISBON,
    "Who is Alice's married partner?": TOM,
    "If anyone had asked us on 1 May 2024 where Alice lived, what would our answer have been?": f"As known on 1 May 2024: {OSLO_THEN}",
    "Suppose someone had asked us on 1 May 2024: where would we have said Alice lived?": f"As known on 1 May 2024: {OSLO_THEN}",
    "Where does Alice live?": LISBON,
    "Does Alice live in Lisbon?": f"Yes: {LISBON}",
    "Does Alice still live in Lisbon?": f"Yes: {LISBON}",
    "Is Alice living in Lisbon?": f"Yes: {LISBON}",
    "Did Alice live in Oslo?": f"Yes: {OSLO}",
    "Has Alice ever lived in Oslo?": f"Yes: {OSLO}",
    "Did Alice live in Oslo in 2021?": f"Yes: {OSLO}",
    "Did Alice live in Oslo throughout 2021?": f"Yes: {OSLO}",
    "Has Alice lived in Lisbon since 2025?": f"Yes: {LISBON}",
    "Did Alice work for Globex in 2021?": f"Yes: {GLOBEX}",
    "Did Alice move to Lisbon?": f"Yes: {LISBON}",
    "Did Alice move to Lisbon in 2024?": f"Yes: {LISBON}",
    "Has Alice left Oslo?": f"Yes: {OSLO}",
    "Did Alice leave Oslo in May 2024?": f"Yes: {OSLO}",
    "Is Lisbon where Alice lives?": f"Yes: {LISBON}",
    "Is Globex among the companies that Alice has worked for?": f"Yes: {GLOBEX}",
    "Is Tom Alice's husband or wife?": f"Yes: {TOM}",
    "Before Acme, who did Alice work for?": GLOBEX,
    "Who employed Alice before Acme did?": GLOBEX,
    "Which city did Alice leave in 2024?": OSLO,
    "Which car did Alice get in 2023?": "Alice has driven Volvo since March 2023.",
    "Whose job at Globex ended in 2023?": GLOBEX,
    "Is Alice's home Lisbon?": f"Yes: {LISBON}",
    "Where did Alice live before?": OSLO,
    "Where did Alice live before Lisbon?": OSLO,
    "Where did Alice live after Oslo?": LISBON,
    "Where did Alice work before Acme?": GLOBEX,
    "Who was Alice's previous employer?": GLOBEX,
    "When did Alice leave Oslo?": "Alice lived in Oslo until 3 May 2024.",
    "On what date did Alice move to Lisbon?": LISBON,
    "Who lives in Lisbon?": LISBON,
    "Who lived in Oslo in 2021?": OSLO,
    "Who does Alice work for?": ACME,
    "Which company employed Alice in 2022?": GLOBEX,
    "Is Acme Alice's employer?": f"Yes: {ACME}",
    "Is Alice Acme's employee?": f"Yes: {ACME}",
    "Does Acme employ Alice?": f"Yes: {ACME}",
    "Did Alice join Acme in 2023?": f"Yes: {ACME}",
    "Did Alice join Acme in September 2023?": f"Yes: {ACME}",
    "Who joined Acme in 2023?": ACME,
    "Who left Globex?": GLOBEX,
    "Did Alice stop working for Globex in 2023?": f"Yes: {GLOBEX}",
    "Who is Tom married to?": TOM,
    "Are Alice and Tom married?": f"Yes: {TOM}",
    "Is Tom Alice's spouse?": f"Yes: {TOM}",
    "Is Alice married?": f"Yes: {TOM}",
    "Did Alice marry Tom in 2022?": f"Yes: {TOM}",
    "Who did Alice marry?": TOM,
    "Who does Alice manage?": f"{EVE} {BOB}",
    "Does Alice manage Bob?": f"Yes: {BOB}",
    "Is Bob managed by Alice?": f"Yes: {BOB}",
    "Does Eve report to Alice?": f"Yes: {EVE}",
    "Is Alice Bob's manager?": f"Yes: {BOB}",
    "Who is Bob's boss?": BOB,
    "Did Alice visit Paris?": "Yes: Alice visited Paris on 3 May 2025.",
    "When did Eve visit Rome?": "Eve visited Rome in March 2024.",
    "Did Eve visit Rome in March 2024?": "Yes: Eve visited Rome in March 2024.",
    "Did Eve visit Rome in 2024?": "Yes: Eve visited Rome in March 2024.",
    "Did Eve sell a boat?": "Yes: Eve sold boat on 3 March 2024.",
    "Will Eve buy a house?": "Yes: Eve bought house in March 2027, which is still to come.",
    "Does Lou speak French?": "Yes: Lou has spoken French since 2024.",
    "Does Lou study French?": "Yes: Lou has studied French since 2024.",
    "Does Ann dislike coffee?": "Yes: Ann has disliked coffee since 1 February 2025 at the latest.",
    "Is Eve allergic to penicillin?": "Yes: Eve has been allergic to penicillin since 1 February 2024 at the latest.",
    "What is Ann's age?": "Ann's age has been 41 since 1 February 2025 at the latest.",
    "Is Beth Ann's sister?": "Yes: Ann's sister has been Beth since 2000.",
    "Is Eve Greta's child?": "Yes: Greta's child has been Eve since 2000.",
    "Where will Carol live?": "Carol lives in Rome from 1 September 2026 on.",
    "Will Carol move to Rome?": "Yes: Carol lives in Rome from 1 September 2026 on.",
    "When will Carol move to Rome?": "Carol lives in Rome from 1 September 2026 on.",
    "Who does Sy work for?": "Sy works for Acme from 2020 until 1 September 2026.",
    "Where does Qi live?": "Qi has lived in Ulm since 2024.",
    "Did Qi live in Ulm in 2025?": "Yes: Qi has lived in Ulm since 2024.",
    "Where does Bob think Alice lives?": "As Bob has it: Alice has lived in Paris since 10 January 2025 at the latest.",
    "Does Bob think Alice lives in Paris?": "Yes: As Bob has it: Alice has lived in Paris since 10 January 2025 at the latest.",
    "When Alice moved to Lisbon, who did she work for?": ACME,
    "How long did Alice live in Oslo?": f"For about 4 years and 3 months: {OSLO}",
    "How long had Alice lived in Oslo when she married Tom?": f"For about 2 years and 5 months by then: {OSLO}",
    "How long had Alice worked for Acme when she moved to Lisbon?": f"For 8 months by then: {ACME}",
    "How long did Alice live in Oslo in 2021?": f"For 1 year of that time: {OSLO}",
    "How long did Alice work for Globex?": f"For about 2 years: {GLOBEX}",
    "How long has Carol lived in Madrid?": "For at least 2 years and 3 months so far: Carol lives in Madrid from 5 March 2024 at the latest"
    " until 1 September 2026.",
    "How long did Kat live in Rome?": "Kat lived in Rome until 1 June 2022, since when is not known.",
    "Name Alice's husband or wife.": TOM,
    "Give me the name of the person Alice is married to.": TOM,
    "Could you remind me who Alice is married to?": TOM,
    "Do you happen to know where Alice is living at the moment?": LISBON,
    "Whereabouts did Alice live in 2021?": OSLO,
    "Where was home for Alice in 2021?": OSLO,
    "What town is Alice's home address in?": LISBON,
    "List the cities in which Alice lived in 2021.": OSLO,
    "Alice works for whom?": ACME,
    "Alice drives which car these days?": "Alice has driven Volvo since March 2023.",
    "Is there a car that Alice drives, and if so, which?": "Alice has driven Volvo since March 2023.",
    "When did Alice switch to the Volvo?": "Alice has driven Volvo since March 2023.",
    "Which company has Alice on its payroll?": ACME,
    "Which company had Alice as an employee in 2022?": GLOBEX,
    "Which company did Alice quit in 2023?": GLOBEX,
    "Since when has Acme been Alice's employer?": ACME,
    "Until when was Globex Alice's employer?": "Alice worked for Globex until 1 June 2023.",
    "Has Globex been Alice's employer?": f"Yes: {GLOBEX}",
    "Is Acme the firm Alice works for?": f"Yes: {ACME}",
    "Is it true that Alice lives in Lisbon?": f"Yes: {LISBON}",
    "Is it true that Carol will move to Rome?": "Yes: Carol lives in Rome from 1 September 2026 on.",
    "Has Alice ever been a piano player?": "Yes: Alice has played piano since 2019.",
    "How long did Alice keep up piano?": "For about 7 years so far: Alice has played piano since 2019.",
    "Prior to joining Acme, where did Alice work?": GLOBEX,
    "Where did Alice work before switching to Acme?": GLOBEX,
    "Where did Alice work before switching from Globex?": GLOBEX,
    "Who became Alice's spouse in 2022?": TOM,
    "When was Alice's wedding to Tom?": TOM,
    "Describe how Alice's home changed between 2020 and 2025.":
    "Alice lives in Oslo: began in February 2020 and ended on 3 May 2024. Alice lives in Lisbon: began on 3 May 2024.",
    "During the time in Lisbon, who did Alice work for?": ACME,
    "Where would Bob have Alice living?": f"As Bob has it: {PARIS}",
    "How did Alice's home town change between 2020 and 2025?":
    "Alice lives in Oslo: began in February 2020 and ended on 3 May 2024. Alice lives in Lisbon: began on 3 May 2024.",
    "What changed about the car Alice drove between 2022 and 2024?": "Alice drives Volvo: began in March 2023.",
    "As far as we were aware on 3 May 2022, where did Alice live?": f"As known on 3 May 2022: {OSLO_THEN}",
    "From what we had been told as of 3 May 2022, where did Alice live that day?": f"As known on 3 May 2022: {OSLO_THEN}",
    "If someone had asked us on 3 May 2022 where Alice lives, what would we have said?": f"As known on 3 May 2022: {OSLO_THEN}",
    "What did we have on file on 3 May 2022 for Alice's home?": f"As known on 3 May 2022: {OSLO_THEN}",
    "Where did our records place Alice on 3 May 2022?": f"As known on 3 May 2022: {OSLO_THEN}",
    "Where does Alice live, if we go by Bob?": f"As Bob has it: {PARIS}",
    "To hear Bob tell it, where does Alice live?": f"As Bob has it: {PARIS}",
    "What does Bob take Alice's home to be?": f"As Bob has it: {PARIS}",
    "Tell me where Alice lives according to Bob.": f"As Bob has it: {PARIS}",
    "What changed between 2023 and 2025 for Alice?":
    "Alice works for Globex: ended on 1 June 2023. Alice drives Volvo: began in March 2023."
    " Alice works for Acme: began on 1 September 2023. Eve reports to Alice: began in 2024. Bob reports to Alice: began on 15 January 2024."
    " Alice lives in Oslo: ended on 3 May 2024. Alice lives in Lisbon: began on 3 May 2024. Alice visited Paris on 3 May 2025.",
}  # fmt: skip


@pytest.mark.parametrize(("question", "text"), ANSWERED.items())
def test_what_the_facts_say_is_answered(told: Memory, question: str, text: str) -> None:
    answer = told.answer(question, **U)
    assert (sorted(answer.text.split(". ")), answer.abstained) == (sorted(text.split(". ")), False)
    assert all(citation.quotes for citation in answer.citations)


def test_a_citation_has_what_ended_it(memory: Memory) -> None:
    for object, said, negated in (("Oslo", "2022-01-01", False), ("Lisbon", "2024-05-03", False), ("Lisbon", "2025-06-05", True)):
        memory.add_fact("Alice", "lives_in", object, **U, occurred_at=said, negated=negated)
    [oslo] = memory.answer("When did Alice leave Oslo?", **U).citations
    assert [quote.words for quote in oslo.quotes] == ["Alice lives in Oslo.", "Alice lives in Lisbon."]
    [lisbon] = memory.answer("Has Alice left Lisbon?", **U).citations
    assert [quote.words for quote in lisbon.quotes] == ["Alice lives in Lisbon.", "Not so: Alice lives in Lisbon."]


def test_a_correction_that_ended_it_is_cited(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Oslo", **U, occurred_at="2020-01-01", valid_at="2020")
    wrong = memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at="2024-03-01", valid_at="2024-02-26")
    memory.add_fact("Alice", "lives_in", "Porto", **U, occurred_at="2024-03-10", valid_at="2024-02-26", corrects=wrong.claim_ids[0])
    [oslo] = memory.answer("When did Alice leave Oslo?", **U).citations
    assert [quote.words for quote in oslo.quotes] == ["Alice lives in Oslo.", "Alice lives in Porto."]


def test_what_holds_beside_another_is_not_cited_as_its_end(memory: Memory) -> None:
    memory.add_fact("Alice", "likes", "tea", **U, occurred_at="2020-01-01", valid_at="2020", invalid_at="2021")
    memory.add_fact("Alice", "likes", "coffee", **U, occurred_at="2021-01-01", valid_at="2021")
    [tea] = memory.answer("Did Alice like tea?", **U).citations
    assert [quote.words for quote in tea.quotes] == ["Alice likes tea."]


def test_only_words_of_the_asked_labels_are_quoted(memory: Memory) -> None:
    for run, day in (("r1", "2025-01-01"), ("r2", "2025-02-01")):
        memory.add_fact("Alice", "lives_in", "Oslo", **U, run_id=run, occurred_at=day, text=f"Alice lives in Oslo, says {run}.")
    [cited] = memory.answer("Where does Alice live?", **U, run_id="r1").citations
    assert [quote.words for quote in cited.quotes] == ["Alice lives in Oslo, says r1."]
    assert cited.fact is not None
    assert cited.fact.episode_ids == (cited.quotes[0].episode.id,)
    assert len(memory.answer("Where does Alice live?", **U).citations[0].quotes) == 2


def test_a_long_list_says_how_many_more_there_are(memory: Memory) -> None:
    for number in range(23):
        memory.add_fact(f"P{number}", "works_for", "Acme", **U, occurred_at="2025-01-01", valid_at="2024")
    answer = memory.answer("Who works for Acme?", **U)
    assert answer.text.endswith(" And 3 more.")
    assert (answer.text.count("has worked"), len(answer.citations)) == (20, 20)


def test_words_that_are_not_read_as_a_time_or_a_view_leave_the_question_unread(told: Memory) -> None:
    for question in ("Did Alice live in Lisbon in 2021?", "Where did Alice live in 2021?", "Where does Zed think Alice lives?"):
        assert told.answer(question, **U, read_times=False).abstained, question
    assert told.answer("Where does Alice live?", **U, read_times=False).text == LISBON


def test_a_time_that_the_caller_gives_instead_gets_no_yes(told: Memory) -> None:
    assert told.answer("Did Alice live in Lisbon in 2021?", **U, as_of="2025").text == LISBON
    assert told.answer("Did Alice live in Lisbon?", **U, as_of="2025").text == f"Yes: {LISBON}"


def test_a_holder_is_asked_for_all_that_they_say(memory: Memory) -> None:
    def says(said: str, object: str, predicate: str = "lives_in") -> None:
        memory.add_fact("Nora", predicate, object, **U, holder="Nora", occurred_at=said)

    says("2024-03-01", "Porto")
    says("2024-03-05", "chess", "plays")
    says("2024-06-05", "Braga")
    porto, chess = ("Nora has lived in Porto since 1 March 2024 at the latest.", "Nora has played chess since 5 March 2024 at the latest.")
    answer = memory.answer("What did Nora believe in March 2024?", **U)
    assert answer.text == f"As known on 31 March 2024: As Nora has it: {porto} {chess}"
    assert (
        memory.answer("Where does Nora say she lives?", **U).text
        == "As Nora has it: Nora has lived in Braga since 5 June 2024 at the latest."
    )
