"""The tables of a SQLite store. Every row names its graph by a small integer, the `key` of the table `graphs`.

Instants are integers: microseconds since 1970 in UTC. Indexes are named for what finds through them; statements name the index
they mean, because SQLite, without statistics, takes a graph for a handful of rows.
"""

APPLICATION_ID = int.from_bytes(b"mem0")
"""What marks a SQLite file as ours, in its header."""

VERSION = 3
"""The version of the tables below, in the header's `user_version`. Those of 1 were never released."""

_GRAPHS = """
CREATE TABLE graphs (
    key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0,
    model TEXT, dimension INTEGER
)"""
"""`removed` is the last revision that took a fact, an episode or a vector away. `model` and `dimension` are those of its vectors."""

_EPISODES = """
CREATE TABLE episodes (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
    speaker TEXT NOT NULL, role TEXT NOT NULL, source TEXT NOT NULL, user_id TEXT, agent_id TEXT, run_id TEXT,
    share REAL NOT NULL, vector INTEGER NOT NULL, written INTEGER NOT NULL,
    metadata TEXT NOT NULL, payload TEXT NOT NULL, content TEXT NOT NULL
)"""

_PROGRESS = """
CREATE TABLE progress (
    graph INTEGER NOT NULL, episode TEXT NOT NULL, stage TEXT NOT NULL, error TEXT NOT NULL, extractor TEXT NOT NULL,
    PRIMARY KEY (graph, episode)
) WITHOUT ROWID"""

_ENTITIES = """
CREATE TABLE entities (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, recorded_at INTEGER NOT NULL,
    type TEXT NOT NULL, discriminator TEXT NOT NULL, aliases TEXT NOT NULL, vector INTEGER, written INTEGER NOT NULL
)"""
"""`vector` is null where the type is unknown."""

_NAMES = """
CREATE TABLE names (
    graph INTEGER NOT NULL, name TEXT NOT NULL, entity TEXT NOT NULL, own INTEGER NOT NULL, PRIMARY KEY (graph, name, entity)
) WITHOUT ROWID"""
"""Every name of an entity, normalised, once. `own`: the entity's record has it, and not only a naming."""

_NAMINGS = """
CREATE TABLE namings (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, entity TEXT NOT NULL, name TEXT NOT NULL,
    normalised TEXT NOT NULL, episode TEXT NOT NULL, said_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, alias INTEGER NOT NULL
)"""

_CLAIMS = """
CREATE TABLE claims (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, episode TEXT NOT NULL, place INTEGER NOT NULL,
    speaker TEXT NOT NULL, holder TEXT, subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT NOT NULL,
    said_at INTEGER NOT NULL, negated INTEGER NOT NULL, kind TEXT NOT NULL, valid_from INTEGER, valid_to INTEGER, precision TEXT,
    exclusive INTEGER NOT NULL, correction INTEGER NOT NULL, replaces TEXT NOT NULL, confidence REAL NOT NULL,
    object_value TEXT, replaces_value TEXT, text TEXT NOT NULL, quote TEXT NOT NULL
)"""

_JUDGEMENTS = """
CREATE TABLE judgements (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, later TEXT NOT NULL, earlier TEXT NOT NULL,
    operation TEXT NOT NULL, reason TEXT NOT NULL, recorded_at INTEGER NOT NULL, decider TEXT NOT NULL
)"""

_MERGES = """
CREATE TABLE merges (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
    reason TEXT NOT NULL, recorded_at INTEGER NOT NULL, decider TEXT NOT NULL, negated INTEGER NOT NULL
)"""

_RETRACTIONS = """
CREATE TABLE retractions (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, claims TEXT NOT NULL, said_at INTEGER NOT NULL,
    reason TEXT NOT NULL, recorded_at INTEGER NOT NULL
)"""

_RETRACTION_CLAIMS = """
CREATE TABLE retraction_claims (
    graph INTEGER NOT NULL, claim TEXT NOT NULL, retraction TEXT NOT NULL, PRIMARY KEY (graph, claim, retraction)
) WITHOUT ROWID"""

_WORDINGS = """
CREATE TABLE wordings (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, canonical TEXT NOT NULL,
    reason TEXT NOT NULL, recorded_at INTEGER NOT NULL, decider TEXT NOT NULL, inverse INTEGER NOT NULL
)"""

_SUMMARIES = """
CREATE TABLE summaries (
    graph INTEGER PRIMARY KEY, text TEXT NOT NULL, through INTEGER NOT NULL, episodes INTEGER NOT NULL, decider TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
)"""

_FACTS = """
CREATE TABLE facts (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, id TEXT NOT NULL, holder TEXT, subject TEXT NOT NULL,
    predicate TEXT NOT NULL, object TEXT NOT NULL, kind TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL,
    known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, share REAL NOT NULL, vector INTEGER NOT NULL, written INTEGER NOT NULL,
    object_value TEXT, text TEXT NOT NULL, support TEXT NOT NULL
)"""

_VECTORS = """
CREATE TABLE vectors (
    key INTEGER PRIMARY KEY, graph INTEGER NOT NULL, digest BLOB NOT NULL, written INTEGER NOT NULL, numbers BLOB
)"""
"""One row a text of the graph's facts, episodes and typed entities, whose `vector` names it; `numbers` are float32, little-endian,
once embedded.
`written`, here and there, is the revision that wrote the row last."""

_FACT_WORDS = """
CREATE VIRTUAL TABLE fact_words USING fts5(graph, body, columnsize = 0, tokenize = 'porter unicode61 remove_diacritics 2')"""

_EPISODE_WORDS = """
CREATE VIRTUAL TABLE episode_words USING fts5(graph, body, columnsize = 0, tokenize = 'porter unicode61 remove_diacritics 2')"""

_INDEXES = (
    "CREATE UNIQUE INDEX episodes_by_id ON episodes (graph, id)",
    "CREATE INDEX episodes_by_time ON episodes (graph, occurred_at, id)",
    "CREATE INDEX progress_by_stage ON progress (graph, stage)",
    "CREATE UNIQUE INDEX entities_by_id ON entities (graph, id)",
    "CREATE INDEX entities_by_writing ON entities (graph, written)",
    "CREATE INDEX entities_by_vector ON entities (vector) WHERE vector IS NOT NULL",
    "CREATE INDEX names_by_entity ON names (graph, entity)",
    "CREATE UNIQUE INDEX namings_by_id ON namings (graph, id)",
    "CREATE INDEX namings_by_entity ON namings (graph, entity, name, alias, said_at, id)",
    "CREATE INDEX namings_by_episode ON namings (graph, episode)",
    "CREATE UNIQUE INDEX claims_by_id ON claims (graph, id)",
    "CREATE INDEX claims_by_subject ON claims (graph, subject, predicate, object)",
    "CREATE INDEX claims_by_exclusive_subject ON claims (graph, subject, predicate) WHERE exclusive",
    "CREATE INDEX claims_by_object ON claims (graph, object)",
    "CREATE INDEX claims_by_replaced ON claims (graph, replaces) WHERE replaces <> ''",
    "CREATE INDEX claims_by_subject_replacing ON claims (graph, subject, predicate, replaces) WHERE replaces <> ''",
    "CREATE INDEX claims_by_episode ON claims (graph, episode)",
    "CREATE INDEX claims_by_speaker ON claims (graph, speaker)",
    "CREATE INDEX claims_by_holder ON claims (graph, holder)",
    "CREATE UNIQUE INDEX judgements_by_id ON judgements (graph, id)",
    "CREATE INDEX judgements_by_later ON judgements (graph, later)",
    "CREATE INDEX judgements_by_earlier ON judgements (graph, earlier)",
    "CREATE UNIQUE INDEX merges_by_id ON merges (graph, id)",
    "CREATE UNIQUE INDEX retractions_by_id ON retractions (graph, id)",
    "CREATE INDEX retraction_claims_by_retraction ON retraction_claims (graph, retraction)",
    "CREATE UNIQUE INDEX facts_by_id ON facts (graph, id)",
    "CREATE INDEX facts_by_subject ON facts (graph, subject, predicate, object)",
    "CREATE INDEX facts_by_object ON facts (graph, object, valid_from, id)",
    "CREATE INDEX facts_by_subject_and_start ON facts (graph, subject, valid_from, id)",
    "CREATE UNIQUE INDEX vectors_by_digest ON vectors (graph, digest)",
    "CREATE INDEX vectors_by_writing ON vectors (graph, written)",
    "CREATE INDEX vectors_missing ON vectors (graph) WHERE numbers IS NULL",
    "CREATE INDEX episodes_by_writing ON episodes (graph, written)",
    "CREATE INDEX episodes_by_vector ON episodes (vector)",
    "CREATE INDEX facts_by_writing ON facts (graph, written)",
    "CREATE INDEX facts_by_vector ON facts (vector)",
    "CREATE INDEX facts_by_validity ON facts (graph, valid_from, known_from, id)",
)

_OF_VERSION_3 = (
    _WORDINGS,
    _SUMMARIES,
    "CREATE UNIQUE INDEX wordings_by_id ON wordings (graph, id)",
    "CREATE INDEX claims_by_predicate ON claims (graph, predicate)",
)

_SET_VERSION = f"PRAGMA user_version = {VERSION}"

SCHEMA = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    _SET_VERSION,
    _GRAPHS,
    _EPISODES,
    _PROGRESS,
    _ENTITIES,
    _NAMES,
    _NAMINGS,
    _CLAIMS,
    _JUDGEMENTS,
    _MERGES,
    _RETRACTIONS,
    _RETRACTION_CLAIMS,
    _FACTS,
    _VECTORS,
    _FACT_WORDS,
    _EPISODE_WORDS,
    *_INDEXES,
    *_OF_VERSION_3,
)
"""What makes an empty file a store, in one transaction."""

UPGRADES = {2: (*_OF_VERSION_3, _SET_VERSION)}
"""What makes a store of an older version one of `VERSION`, in one transaction; by that version."""
