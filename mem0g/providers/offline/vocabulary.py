"""The word lists the offline extractor reads by. A word that is in none of them is not read: that is the point."""

from __future__ import annotations

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEMMAS: Final = {"hat": "hate", "hop": "hope", "enrol": "enroll"}
"""Verbs that the pipeline's lemmatizer takes for others."""

FIRST_PERSON: Final = _words("i me my mine myself we us our ours ourselves")
SECOND_PERSON: Final = _words("you your yours yourself ya u")
FEMALE_PRONOUNS: Final = _words("she her hers herself")
MALE_PRONOUNS: Final = _words("he him his himself")

KIN: Final[dict[str, str]] = {
    "sister": "sister",
    "brother": "brother",
    "mother": "mother",
    "mum": "mother",
    "mom": "mother",
    "mam": "mother",
    "father": "father",
    "dad": "father",
    "wife": "wife",
    "husband": "husband",
    "partner": "partner",
    "spouse": "partner",
    "boyfriend": "boyfriend",
    "girlfriend": "girlfriend",
    "fiancé": "fiance",
    "fiance": "fiance",
    "fiancée": "fiancee",
    "fiancee": "fiancee",
    "son": "son",
    "daughter": "daughter",
    "cousin": "cousin",
    "aunt": "aunt",
    "auntie": "aunt",
    "uncle": "uncle",
    "niece": "niece",
    "nephew": "nephew",
    "grandmother": "grandmother",
    "grandma": "grandmother",
    "gran": "grandmother",
    "granny": "grandmother",
    "nan": "grandmother",
    "grandfather": "grandfather",
    "grandpa": "grandfather",
    "grandad": "grandfather",
    "granddad": "grandfather",
    "grandson": "grandson",
    "granddaughter": "granddaughter",
    "friend": "friend",
    "mate": "friend",
    "boss": "boss",
    "manager": "manager",
    "colleague": "colleague",
    "coworker": "colleague",
    "co-worker": "colleague",
    "neighbour": "neighbour",
    "neighbor": "neighbour",
    "flatmate": "flatmate",
    "roommate": "flatmate",
    "housemate": "flatmate",
    "doctor": "doctor",
    "dentist": "dentist",
    "therapist": "therapist",
    "teacher": "teacher",
    "coach": "coach",
    "landlord": "landlord",
    "landlady": "landlord",
    "mentor": "mentor",
    "supervisor": "supervisor",
    "stepmother": "stepmother",
    "stepfather": "stepfather",
    "stepsister": "stepsister",
    "stepbrother": "stepbrother",
    "godmother": "godmother",
    "godfather": "godfather",
    "twin": "twin",
}
"""A noun after "my" to the predicate that joins the speaker to the person."""

FEMALE_KIN: Final = _words(
    "sister mother wife girlfriend fiancee daughter aunt niece grandmother granddaughter stepmother stepsister godmother"
)
MALE_KIN: Final = _words("brother father husband boyfriend fiance son uncle nephew grandfather grandson stepfather stepbrother godfather")
FAMILY: Final = (FEMALE_KIN | MALE_KIN) - _words("wife husband girlfriend boyfriend fiancee fiance") | _words("cousin")
"""Whom one is born to, or with: nobody becomes one's sister who was one's colleague."""

FORMER: Final = _words("ex former old previous late imaginary")
"""Adjectives that make "my old boss" someone else than "my boss", or leave it open."""

PETS: Final = _words(
    "dog puppy cat kitten rabbit bunny hamster parrot budgie canary tortoise turtle goldfish fish horse pony gecko lizard "
    "snake ferret rat mouse labrador poodle terrier beagle spaniel retriever dachshund collie pug guinea-pig hedgehog "
    "chicken hen bird cockatiel"
)

OCCUPATIONS: Final = _words(
    "accountant actor actress administrator analyst architect artist assistant astronaut auditor author baker banker barber "
    "barista bartender biologist bookkeeper bricklayer builder butcher carer caretaker carpenter cashier ceo cfo chef "
    "chemist cleaner clerk coach cobbler coder columnist composer conductor consultant contractor cook coo copywriter "
    "counsellor counselor courier cto curator cyclist dancer dentist designer detective developer dietician dietitian "
    "diplomat director dj doctor driver economist editor electrician engineer entrepreneur farmer filmmaker firefighter "
    "fisherman florist freelancer gardener geologist glazier goldsmith hairdresser historian illustrator instructor "
    "interpreter investigator janitor jeweller joiner journalist judge lawyer lecturer librarian lifeguard linguist "
    "locksmith lorry-driver manager mathematician mechanic midwife miner model musician nanny neurologist novelist nurse "
    "nutritionist officer optician optometrist painter paralegal paramedic pathologist pharmacist photographer physicist "
    "physician physio physiotherapist pianist pilot plasterer plumber poet policeman policewoman porter postman potter "
    "president principal producer professor programmer psychiatrist psychologist publisher radiographer radiologist ranger "
    "realtor receptionist recruiter reporter researcher roofer sailor salesman salesperson saleswoman scientist sculptor "
    "seamstress secretary seller shepherd shopkeeper singer soldier solicitor sommelier statistician stewardess surgeon "
    "surveyor tailor teacher technician technologist therapist trader trainee trainer translator treasurer tutor undertaker "
    "vet veterinarian videographer violinist waiter waitress watchmaker welder writer zookeeper zoologist barrister intern "
    "apprentice lead"
)
OCCUPATION_ENDINGS: Final = ("ologist", "ographer", "osopher", "engineer", "worker", "maker")
NOT_OCCUPATIONS: Final = _words("troublemaker peacemaker pacemaker matchmaker hard-worker")
EVALUATIVE: Final = _words(
    "good bad great terrible awful lousy horrible big huge total real real-life true such better worse best worst decent "
    "fantastic amazing excellent poor fine born natural would-be wannabe keen avid frustrated secret closet armchair "
    "glorified hopeless rubbish mere only proper"
)
"""Adjectives that turn "a terrible cook" into something else than a trade."""

LIGHT_ADJECTIVES: Final = _words(
    "new own little lovely nice great good beautiful cute amazing gorgeous small big huge wonderful fantastic brand "
    "second-hand used fancy favourite favorite adorable sweet tiny awesome brilliant fluent basic broken decent"
)
"""Adjectives that are not part of a common noun's name."""

DIETS: Final = _words(
    "vegetarian vegan pescatarian pescetarian flexitarian teetotal veggie coeliac celiac gluten-free lactose-intolerant omnivore"
)

FEMALE_NAMES: Final = _words(
    "abigail ada adele agnes aino aisha alba alexandra alexia alice alina amelia amelie amina amy ana anastasia andreea angela anita "
    "anja anna anne annika antonia astrid aurora beatrice beatriz bella bianca birgit bridget brigitte camille carla carmen carol "
    "caroline catherine cecilia celine chiara chloe chloé christina christine ciara claire clara clare claudia clementine cora "
    "daniela daria deborah denise diana dorothy edith eileen eleanor elena elif elin elisa elise eliza elizabeth ella ellen elsa "
    "emilia emilie emily emma erika esther eunice eva evelyn ewa faith fatima femke fernanda fiona freja frida gabriela gemma "
    "georgina gina giulia gloria grace greta gwen hana hanna hannah harriet heather hedda heidi heike helen helena helga hilda ida "
    "ilona ilse imogen ines inga inge ingrid irena irene irina iris isabel isabella isla ivana ivy jana jane janet janine jasmine jen "
    "jennifer jenny jess jessica joan joana johanna josephine judith julia julie juliet juliette jutta karen karin karina karolina "
    "kasia katarina kate kathleen katie katrin kirsten klara lara laura layla leah leila lena lene leonie leyla lily lina linda lisa "
    "liv livia lola lotte louise lucia lucy luisa lydia madeleine magda maja malin manon mara margaret margarita margit maria mariana "
    "marie marina marlene marta martina mary mathilde matilda maud maya meera megan mei melanie mia mila mina miriam moira monica "
    "monika nadia nadine naomi natalia natalie natasha nele niamh nicola nicole nina noor nora oksana olga olivia oona orla paola "
    "patricia paula pauline petra phoebe pia polly priya rachael rachel ramona raquel rebecca renata rita roberta romy rosa rosalind "
    "rosie roxana ruth sabine sabrina sally salma samantha sandra sanne sara sarah saskia selma serena shirin sigrid silke silvia "
    "simona sinead siobhan siri sofia sonia sonja sophie stella stephanie susan svetlana sylvia tamara tanja tara tatiana teresa "
    "tereza tessa thea theresa tilda tina ulla ulrike ursula valentina valeria vanessa vera veronica veronika victoria viktoria wanda "
    "wendy yara yasmin yuki yvonne zara zoe zofia zosia zoë zuzana"
)
MALE_NAMES: Final = _words(
    "aaron abdul adam ahmed alan albert alessandro alexander alfred ali amir anders andrei andrej andrew anton antonio aram arjun "
    "arne arthur axel beat ben benedict benjamin bernard bernd bjorn björn bob boris brian bruno carlos cedric cem charles christian "
    "christoph christopher colin cormac craig daniel dario darren dave david declan dennis derek diarmuid diego dirk dmitri dominic "
    "donal duarte duncan eamon ed edgar edward elias emil emre enzo erhan eric erik eugene ezra fabian farid federico felipe felix "
    "ferdinand fernando filip finn florian francesco francis frank franz fritz gabriel gareth gavin geoff george gerald gerhard "
    "giovanni giulio gordon graham greg gregor gunnar gustav hakim hamid hannes hans harald harry hassan hector heinz henrik henry "
    "herbert hervé hugo ian ibrahim igor imran isaac ivan ivo jack jacob jakob jamal james jan janek jannik jason jens jeremy jerome "
    "jim joao joaquin joe johan johannes john jon jonas jonathan joost jorge josef joseph josh joão juan julian jörg jürgen kai karim "
    "karl kasper keith ken kenneth kevin khalid konrad kristian krzysztof kuba kurt lars laszlo laurent lazlo leo leon leonard "
    "leonardo levon liam lorenz lorenzo lothar louis luc lucas ludwig luis lukas luke magnus malik manuel marcel marco marcus marek "
    "mario marius mark markus martin mateo mateusz matt matteo matthew matthias maurice maurizio max mehmet micah michael miguel "
    "mikael mike mikko milos mohamed mohammed moritz murat nabil nathan nick nico nicolas nigel nikolai nils noah noel oisin ola olaf "
    "oliver omar oscar oskar otto owen pablo pascal patrick patrik paul pavel pedro pekka per peter petr phil philip philipp pierre "
    "piotr quentin rafael rafal raj ralf rami raphael rasmus raul ravi raymond reinhard reto ricardo richard rob robert roberto "
    "rodrigo roger roland roman ronan rory ruben rudi rui rupert russell ryan said salim samir samuel sanjay santiago sean sebastian "
    "sergei sergio seth simao simon sindre soren stanislav stefan stephen steve steven stewart stuart sven taras tariq ted terry theo "
    "thiago thomas thorsten tiago tim timothy tobias tom tomas tomasz tommaso tony torsten trevor ulrich umberto uwe vaclav valentin "
    "victor vikram viktor vincent vito vladimir walter werner wilhelm will william wojciech xavier yannick yiannis yusuf zoltan ángel"
)
GIVEN_NAMES: Final = FEMALE_NAMES | MALE_NAMES | _words("alex andrea chris charlie dan jan jean kim robin sam luca simone rose jordan")
UNMISTAKABLE_NAMES: Final = GIVEN_NAMES - _words(
    "will mark may grace faith rose iris victor max jean dan beat per said milan jordan santiago ola raj florian victoria"
)
"""Names that are no word, and no place, when written with a capital."""

"""Names that are surely a person's: nobody quits them like a job, and "she" is no Tom."""

DEFINITE_LIKES: Final = _words(
    "sea beach ocean rain mountains sun snow cold heat winter summer spring autumn countryside outdoors city opera theatre theater"
)
EMPTY_NOUNS: Final = _words(
    "it this that these those them one ones thing things stuff something anything everything nothing someone anyone "
    "everyone nobody all any some more most much many lot lots bit idea ideas way ways thought fact place places here there "
    "what which who whatever kind sort point part rest sound look feeling vibe fun time times day days moment one-off none "
    "other others another both each either few several plenty people person man woman guy guys girl boy"
)

LANGUAGES: Final = _words(
    "english german french spanish portuguese italian dutch norwegian swedish danish finnish icelandic polish czech slovak "
    "hungarian romanian bulgarian greek turkish arabic hebrew persian farsi urdu hindi bengali tamil mandarin cantonese "
    "chinese japanese korean vietnamese thai malay indonesian tagalog swahili russian ukrainian serbian croatian slovene "
    "slovenian latvian lithuanian estonian irish welsh gaelic basque catalan galician latin esperanto afrikaans zulu"
)
NATIONALITIES: Final = LANGUAGES - _words("latin esperanto hebrew hindi tamil mandarin farsi persian urdu swahili gaelic") | _words(
    "british american canadian australian brazilian mexican argentinian chilean colombian peruvian belgian austrian swiss "
    "scottish israeli iranian iraqi indian pakistani filipino kenyan nigerian ghanaian egyptian moroccan tunisian ethiopian "
    "syrian lebanese albanian"
)
INSTRUMENTS: Final = _words(
    "piano guitar violin viola cello bass drums flute clarinet saxophone sax trumpet trombone harp ukulele banjo accordion "
    "keyboard organ oboe bassoon harmonica mandolin"
)
SPORTS: Final = _words(
    "tennis football soccer rugby basketball volleyball badminton squash hockey golf cricket chess baseball handball padel "
    "pickleball bridge poker darts lacrosse netball"
)
RACES: Final = _words("marathon half-marathon race triathlon 5k 10k ultramarathon parkrun relay ironman")
BODY_PARTS: Final = _words("leg arm ankle wrist foot toe hand finger nose rib collarbone elbow shoulder hip knee")
POSSESSIONS: Final = _words(
    "car bike bicycle motorbike motorcycle scooter van truck caravan boat house flat apartment cottage cabin allotment "
    "piano guitar violin cello drums telescope greenhouse houseboat shop bakery restaurant farm camper campervan laptop "
    "tesla"
)
CONDITIONS: Final = _words(
    "asthma diabetes adhd epilepsy migraine migraines hayfever eczema arthritis dyslexia anaemia anemia tinnitus insomnia "
    "endometriosis autism"
)
WORKPLACES: Final = _words(
    "hospital bank school university college startup agency restaurant café cafe bakery library museum clinic firm shop "
    "bookshop bookstore store supermarket charity ministry lab laboratory newspaper hotel factory nursery pharmacy garage "
    "brewery studio theatre theater zoo airport council ngo company consultancy kindergarten"
)
FIELDS: Final = _words(
    "finance marketing it hr sales tech advertising publishing education healthcare logistics insurance retail hospitality "
    "construction law accounting consulting engineering research journalism film television tv agriculture banking biotech "
    "government politics"
)
KNOWN_PLACES: Final = frozenset(
    name.replace("_", " ")
    for name in _words(
        "aachen aalborg aarhus aberdeen abu_dhabi accra adelaide albania algeria algiers alicante alps america amman amsterdam andorra "
        "angola ankara antwerp arezzo argentina arizona armenia athens atlanta auckland augsburg austin australia austria azerbaijan "
        "baghdad baltimore bangalore bangkok bangladesh barcelona bari basel bath bavaria beijing beirut belfast belgium belgrade "
        "bergamo bergen berlin bern biarritz bielefeld bilbao birmingham bochum bogota bolivia bologna bolzano bonn bordeaux bosnia "
        "boston braga bratislava brazil bremen brescia brest bridgeport brighton brisbane bristol brittany brno bruges brussels "
        "bucharest budapest buenos_aires bulgaria burgos bursa cadiz cairo calgary california cambridge cameroon canada canberra "
        "cape_town caracas cardiff casablanca catania chennai chester chicago chile china chisinau cleveland coimbra cologne colombia "
        "colorado copenhagen cordoba corfu cork cornwall costa_rica crete croatia cuba cyprus czechia dakar dallas damascus delft delhi "
        "denmark denver derby detroit dijon dortmund dresden dubai dublin dubrovnik dundee durban durham dusseldorf düsseldorf ecuador "
        "edinburgh egypt eindhoven england erfurt espoo essen estonia ethiopia exeter faro ferrara finland florence florida france "
        "frankfurt freiburg galway gdansk gdańsk geneva genoa georgia germany ghana ghent glasgow gothenburg granada graz greece "
        "greenland grenoble groningen guatemala haarlem haifa halifax hamburg hanoi hanover havana hawaii heidelberg helsinki hong_kong "
        "honolulu houston hull hungary iceland india indonesia innsbruck iran iraq ireland israel istanbul italy izmir jakarta jamaica "
        "japan jerusalem johannesburg jordan kampala karachi karlsruhe katowice kathmandu kazakhstan kent kenya kiel kigali klagenfurt "
        "krakow kraków kuala_lumpur kuwait kyiv kyoto lagos lancaster las_vegas lausanne lebanon leeds leicester leiden leipzig leuven "
        "libya liechtenstein liege lille lima linz lisbon lithuania liverpool ljubljana lodz london los_angeles lucerne lugano lund "
        "luxembourg lviv lyon macedonia madeira madrid mainz malaga malmo malmö malta manchester manila mannheim marrakesh marseille "
        "melbourne mexico mexico_city miami milan minneapolis modena moldova monaco mongolia montenegro montpellier montreal morocco "
        "moscow mumbai munich münster nairobi namibia nantes naples nepal netherlands new_york new_york_city new_zealand newcastle nice "
        "nicosia nigeria norway norwich nottingham nuremberg odense odesa oman ontario oporto oregon osaka oslo ottawa oulu oxford "
        "padua pakistan palermo panama paraguay paris parma pennsylvania perth peru perugia philadelphia philippines phoenix piacenza "
        "pisa plovdiv plymouth poland porto portugal potsdam poznan prague pristina quebec reims rennes reykjavik rhodes riga "
        "rio_de_janeiro romania rome rosario rostock rotterdam rouen russia rwanda salamanca salerno salzburg san_diego san_francisco "
        "san_jose santiago sao_paulo sarajevo sardinia saudi_arabia scotland seattle senegal seoul serbia seville shanghai sheffield "
        "sicily siena sierra_leone singapore skopje slovakia slovenia sofia south_africa south_korea southampton spain split sri_lanka "
        "st_gallen stavanger stockholm strasbourg stuttgart sudan surrey sussex sweden switzerland sydney syria szczecin szeged taipei "
        "taiwan tallinn tampere tanzania tartu tbilisi tehran tel_aviv texas thailand thessaloniki tirana tokyo toledo toronto toulouse "
        "trento trieste tromsø trondheim tunis tunisia turin turkey turku uganda ukraine ulm umeå uppsala uruguay utah utrecht vaduz "
        "valencia vancouver venice verona vienna vietnam vigo vilnius wales warsaw washington wellington wells winterthur wroclaw "
        "wrocław wuppertal yerevan york zagreb zambia zaragoza zermatt zimbabwe zurich zürich"
    )
)
"""Places whose names need no recogniser; a name that is in none of these lists is what the pipeline takes it for."""

LOWER_WORDS: Final = _words(
    "alps bath brest cork derby essen hull jordan kent kiel lima nice perth polish rosario split turkey turku wells york hope sally "
    "molly bella stella dawn ginger robin jack bill frank harry nick rob bob sue pat art drew guy dean grant miles norm ray earl lance "
    "chase cliff dale gene glen heath jay lee reed ross royal wade penny ruby amber olive daisy lily joy may april june august "
    "jasmine ivy dan"
)
"""Names that are words where they have no capital."""

NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
"""Ages as words."""

NO_PLACES: Final = _words(
    "excel slack jira vim twitter zoom teams outlook powerpoint minecraft instagram facebook hell heaven limbo neverland "
    "narnia hogwarts mars moon venus jupiter atlantis wonderland mordor nowhere paradise denial linux windows mac macos "
    "gmail spotify postgres python kubernetes aws azure notion github gitlab android ios iphone chrome firefox marketing "
    "engineering sales finance hr plan phase"
)
"""Names one only lives in, or moves to, by way of speaking."""

NO_EMPLOYERS: Final = _words(
    "facebook instagram twitter reddit slack discord netflix tinder duolingo strava zoom spotify tiktok whatsapp telegram hinge linkedin"
)
CLUB_WORDS: Final = _words("club gym choir band team society church party group league orchestra class course association union federation")

OUTINGS: Final = _words(
    "concert festival opera theatre theater museum wedding funeral conference party exhibition match game dentist doctor "
    "hospital zoo ballet gallery workshop seminar reunion carnival fair circus aquarium gig show premiere court"
)
"""Where "went to the …" is an event worth keeping."""

NOT_QUITE: Final = _words("just only merely simply always necessarily often usually exclusively normally solely")
"""Adverbs that "not" denies in place of the verb: "I don't only work for Acme"."""

DRINKS: Final = _words("coffee tea alcohol beer wine soda cola milk caffeine spirit espresso juice lemonade whisky vodka")
FOODS: Final = _words("meat fish dairy sugar gluten bread cheese chocolate pork beef egg wheat sweet dessert chicken seafood")

MEALS: Final = _words("breakfast lunch dinner supper brunch")

EXAMS: Final = _words("exam exams test tests finals driving-test viva audition interview certification")
PRIZES: Final = _words("prize award race competition medal lottery scholarship tournament match championship cup trophy raffle bet game")
BOOKABLE: Final = _words("flight flights hotel table trip holiday tickets ticket room appointment cruise train")

OPINION_VERBS: Final = _words("think believe guess reckon")
OWN_REPORT_VERBS: Final = _words("say tell mention know remember admit confess realise realize")
REPORT_VERBS: Final = _words("say think tell believe claim mention reckon swear insist write report announce explain assume suspect")
BELIEF_VERBS: Final = _words("think believe reckon assume suspect")
ACTS_OF_PEOPLE: Final = _words(
    "live work move relocate turn say tell think believe reckon claim insist mention swear quit resign retire marry divorce study speak "
    "like love hate enjoy prefer eat drink call visit"
)

PLAN_NOUNS: Final = _words("plan dream goal aim")

REMINDERS: Final = _words("remember forget note know")
"""Verbs that, as commands, take what follows for granted."""

FACTIVE_ADJECTIVES: Final = _words("glad happy proud sad sorry afraid thrilled delighted pleased lucky relieved excited grateful")
LIKING_VERBS: Final = _words("like love enjoy hate prefer dislike")
PLAN_VERBS: Final = _words("want hope plan consider intend decide aim wish")
PLAN_OF_VERBS: Final = _words("think dream")
"""Verbs that plan when "of" or "about" and a gerund follow."""

NO_PLANS: Final = _words(
    "say tell ask know thank hear see talk think be have do make believe apologise apologize mention hope wish die cry "
    "scream note add point get go show share let give congratulate discuss keep understand help feel stress emphasise "
    "emphasize remind check clarify reach speak come look stay sit eat sleep wait"
)
"""Verbs of passing talk: "I want to say" is no plan."""

LIFE_VERBS: Final = _words(
    "move adopt buy visit marry start quit study learn travel join sell retire relocate emigrate resign apply propose adopt "
    "divorce leave found enrol enroll volunteer fly train switch"
)
"""What "might" and "going to" must lead to, to be a plan worth keeping."""

WANTED: Final = LIFE_VERBS | _words(
    "open build write become renovate publish live work climb hike plant grow found save record teach launch run drive sail "
    "see cycle apply change take create stop"
)
"""What "want to" and "would like to" must lead to; "I want to savour it" is none."""

SAYING_NOTHING: Final = _words(
    "maybe perhaps probably possibly apparently supposedly allegedly hopefully almost nearly hardly barely scarcely "
    "basically practically virtually totally literally theoretically hypothetically presumably seemingly ideally jokingly "
    "figuratively metaphorically ostensibly reportedly officially technically formally nominally legally obviously spiritually "
    "mentally emotionally"
)
"""An adverb of this kind takes the assertion out of its clause."""

HARMLESS_ADVERBS: Final = _words(
    "actually already also alas anyhow anymore anyway any more longer no now currently ever even finally fortunately gladly happily here "
    "honestly hopefully however just luckily nowadays really recently sadly so still suddenly thankfully then therefore though today "
    "too either unfortunately yes all whatsoever absolutely definitely certainly truly frankly personally eventually about around "
    "roughly exactly barely simply together up out well again"
)
"""Adverbs that leave a denial, or a number, as it is."""

PASSING_ADVERBS: Final = _words(
    "temporarily briefly once originally first initially formerly previously earlier twice then shortly nearly almost momentarily"
)
"""Adverbs beside a change that may be over, or was before another."""

SOMETIMES: Final = _words(
    "sometimes usually mostly often occasionally partly partially part-time parttime freelance weekends weekdays weekend weekday "
    "week nights evenings half every other alternate most some temporarily mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays side"
)
"""Words that leave room for a second home or job."""

PERIODS: Final = _words(
    "second minute hour day night evening morning afternoon noon midnight lunch dinner week weekend fortnight month year decade season "
    "summer winter spring autumn fall term semester holiday holidays vacation christmas easter while bit time ages now lent moment "
    "age child kid baby toddler teenager teen student boy girl youngster adult infant childhood youth teens twenties thirties forties "
    "fifties sixties seventies school"
)
"""Nouns of a stretch of time, or of life."""

JOKES: Final = _words("lol lmao rofl haha hahaha hahahaha hehe lolol xd jk j/k")
MESSAGE_JOKES: Final = ("/s", "just kidding", "only kidding", "just joking", "only joking", "i'm kidding", "i'm joking", "april fool")
OTHER_WORLDS: Final = re.compile(
    r"\bin (?:my|a|an|the|this|that|her|his|their|our|another|one|some|[a-z]+'s) (?:\w+ )?"
    r"(?:dreams?|novel|book|film|movie|story|game|series|show|song|play|episode|universe|simulation|theory|head|imagination|world)\b"
    r"|\bin (?:theory|minecraft|(?:another|a past|a previous|my next|the next) life)\b"
    r"|\b(?:dreamt|dreamed|pretend\w*|role-?play\w*|lyrics|sims|joked|joking)\b"
    r"|\b(?:the song goes|as they say|the saying goes|as if|as though|sake of argument|rumou?r has it|what if|my character)\b"
    r"|\b(?:for example|for instance|let'?s say|i wish|if only|god knows|over my dead body|pigs fly)\b"
    r"|\bin (?:\w+'s|my|her|his|their|our) (?:opinion|view|eyes|dreams|heart|mind|head)\b|\b(?:on paper|in spirit|at heart|in name only)\b"
    r"|\b(?:until recently|until now|up to now|till recently|one of these days)\b"
    r"|^(?:picture|imagine|suppose) |^(?:oh |yeah |well |wow )*(?:sure|yeah right|right|great|wonderful|brilliant|fantastic|lovely|perfect"
    r"|awesome|marvellous|terrific|splendid|wow|how nice|just great|oh joy|oh yes|oh yeah|yeah yeah)[,!.] "
    r"|^of course |^(?:yes|yeah|right|sure|ok|okay|oh),? (?:because|cause|cos)\b|\bbecause (?:who|i|we) (?:doesn't|totally|clearly|so)\b"
    r"|, (?:obviously|clearly|naturally|of course|not|said (?:no ?body|no one))[.!]*$|\.\. ?not[.!]*$|\bsaid no ?(?:body|one) ever\b",
    re.IGNORECASE,
)
"""Words that move a sentence out of this world, or out of what it holds of the present."""

LAUGHING: Final = frozenset("😂🤣🙃😜😉😏")

UNCERTAIN_MARKS: Final = _words("if unless whether once until till lest provided supposing whenever")
"""A subordinate clause begun so makes its main clause depend on it; and it is itself not asserted."""

READ_MARKS: Final = _words("because although though cause cos coz 'cause since")
"""A subordinate clause begun so is asserted like a main one ("since" only without a time of its own)."""

QUESTION_OPENERS: Final = _words("what who whom whose where why how which whats wheres hows")
ASKING_VERBS: Final = _words(
    "do does did is are am was were have has had can could will would should shall may isn't aren't don't doesn't didn't won't"
)

UNITS: Final[dict[str, str]] = {
    "kg": "kg",
    "kgs": "kg",
    "kilo": "kg",
    "kilos": "kg",
    "kilogram": "kg",
    "kilograms": "kg",
    "kilogramme": "kg",
    "kilogrammes": "kg",
    "lb": "lb",
    "lbs": "lb",
    "pound": "lb",
    "pounds": "lb",
    "stone": "stone",
    "cm": "cm",
    "centimetre": "cm",
    "centimetres": "cm",
    "centimeters": "cm",
    "m": "m",
    "metre": "m",
    "metres": "m",
    "meters": "m",
}
