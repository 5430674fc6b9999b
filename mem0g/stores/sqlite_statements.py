"""The statements of the SQLite store. Columns stand in the order that `mem0g.stores.sqlite_rows` packs and unpacks."""

IN_ID_ORDER = "WHERE graph = ? ORDER BY id"

FIND_GRAPH = "SELECT key, revision FROM graphs WHERE name = ?"
HAS_OTHER_GRAPHS = "SELECT EXISTS (SELECT 1 FROM graphs WHERE key <> ?)"
MAKE_GRAPH = "INSERT INTO graphs (name, revision) VALUES (?, 0)"
MOVE_GRAPH = "UPDATE graphs SET revision = ? WHERE key = ?"
SELECT_GRAPHS = """
SELECT name FROM graphs WHERE EXISTS (SELECT 1 FROM episodes WHERE graph = graphs.key)
    OR EXISTS (SELECT 1 FROM entities WHERE graph = graphs.key) OR EXISTS (SELECT 1 FROM merges WHERE graph = graphs.key)
    OR EXISTS (SELECT 1 FROM claims WHERE graph = graphs.key) OR EXISTS (SELECT 1 FROM judgements WHERE graph = graphs.key)
    OR EXISTS (SELECT 1 FROM retractions WHERE graph = graphs.key) OR EXISTS (SELECT 1 FROM facts WHERE graph = graphs.key)
    OR EXISTS (SELECT 1 FROM namings WHERE graph = graphs.key) OR EXISTS (SELECT 1 FROM wordings WHERE graph = graphs.key)
ORDER BY name"""

INSERT_EPISODE = """
INSERT INTO episodes (graph, id, occurred_at, recorded_at, speaker, role, source, user_id, agent_id, run_id, share, metadata,
    payload, content, vector, written)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
FIND_EPISODE = "SELECT 1 FROM episodes INDEXED BY episodes_by_id WHERE graph = ? AND id = ?"
INSERT_EPISODE_WORDS = "INSERT INTO episode_words (rowid, graph, body) VALUES (?, ?, ?)"
SELECT_EPISODES = """
SELECT id, content, occurred_at, recorded_at, speaker, role, source, payload, user_id, agent_id, run_id, metadata FROM episodes"""
EPISODES_OF_ALL = "INDEXED BY episodes_by_time WHERE graph = :graph"
EPISODES_BEFORE = """
INDEXED BY episodes_by_time WHERE graph = ? AND occurred_at < ? ORDER BY occurred_at DESC, id DESC LIMIT ?"""
_OF_THE_TALK = """source <> 'fact' AND user_id IS coalesce(:user_id, user_id) AND agent_id IS coalesce(:agent_id, agent_id)
        AND run_id IS coalesce(:run_id, run_id)"""
ADJACENT_EPISODES = f"""
WITH said AS MATERIALIZED (SELECT key, id, occurred_at FROM episodes INDEXED BY episodes_by_id
    WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids)) AND occurred_at <= :known_at AND {_OF_THE_TALK})
SELECT said.id, later.id FROM said JOIN episodes AS later ON later.key =
    (SELECT key FROM episodes INDEXED BY episodes_by_time WHERE graph = :graph AND (occurred_at, id) > (said.occurred_at, said.id)
        AND occurred_at <= min(:known_at, said.occurred_at + :within) AND {_OF_THE_TALK} ORDER BY occurred_at, id LIMIT 1)
UNION SELECT earlier.id, said.id FROM said JOIN episodes AS earlier ON earlier.key =
    (SELECT key FROM episodes INDEXED BY episodes_by_time WHERE graph = :graph AND (occurred_at, id) < (said.occurred_at, said.id)
        AND occurred_at >= said.occurred_at - :within AND {_OF_THE_TALK} ORDER BY occurred_at DESC, id DESC LIMIT 1)
ORDER BY 1, 2"""  # noqa: S608 - a constant
EPISODES_BY_ID = "INDEXED BY episodes_by_id WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))"
EPISODES_BY_STAGE = """
INDEXED BY episodes_by_id WHERE graph = :graph AND id IN (SELECT episode FROM progress INDEXED BY progress_by_stage
    WHERE graph = :graph AND stage IN (SELECT value FROM json_each(:stages)))"""
EPISODES_BY_ID_AND_STAGE = """
INDEXED BY episodes_by_id WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids)) AND EXISTS (SELECT 1 FROM progress
    WHERE progress.graph = episodes.graph AND progress.episode = episodes.id AND stage IN (SELECT value FROM json_each(:stages)))"""
IN_SAID_ORDER = "ORDER BY occurred_at, id"

REPLACE_PROGRESS = "REPLACE INTO progress (graph, episode, stage, error, extractor) VALUES (?, ?, ?, ?, ?)"
SELECT_PROGRESS = "SELECT episode, stage, error, extractor FROM progress"
PROGRESS_OF_ALL = "WHERE graph = ? ORDER BY episode"
PROGRESS_BY_EPISODE = "WHERE graph = ? AND episode IN (SELECT value FROM json_each(?)) ORDER BY episode"

INSERT_ENTITY = """
INSERT INTO entities (graph, id, name, recorded_at, type, discriminator, aliases, vector, written) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
FIND_ENTITY = "SELECT 1 FROM entities INDEXED BY entities_by_id WHERE graph = ? AND id = ?"
INSERT_NAME = """
INSERT INTO names (graph, name, entity, own) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET own = 1 WHERE excluded.own > own"""
SELECT_ENTITIES = "SELECT id, name, recorded_at, type, discriminator, aliases FROM entities"
ENTITIES_BY_ID_OR_NAME = """
INDEXED BY entities_by_id WHERE graph = :graph AND id IN (
    SELECT value FROM json_each(:ids) UNION SELECT entity FROM names WHERE graph = :graph AND name IN (SELECT value FROM json_each(:names)))
ORDER BY id"""
SELECT_OWN_NAMES = "SELECT name FROM names INDEXED BY names_by_entity WHERE graph = ? AND entity = ? AND own ORDER BY name"

INSERT_NAMING = """
INSERT INTO namings (graph, id, entity, name, normalised, episode, said_at, recorded_at, alias) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING"""
SELECT_NAMINGS = "SELECT id, entity, name, episode, said_at, recorded_at, alias FROM namings"
NAMINGS_BY_EPISODE = """
INDEXED BY namings_by_episode WHERE graph = ? AND episode IN (SELECT value FROM json_each(?)) ORDER BY id"""
FIRST_NAMINGS = """
WHERE key IN (
    WITH RECURSIVE spellings (entity, name) AS (
        SELECT value, (SELECT min(name) FROM namings INDEXED BY namings_by_entity WHERE graph = :graph AND entity = value)
            FROM json_each(:entities)
        UNION ALL
        SELECT entity, (SELECT min(name) FROM namings INDEXED BY namings_by_entity
            WHERE graph = :graph AND entity = spellings.entity AND name > spellings.name) FROM spellings WHERE name IS NOT NULL)
    SELECT (SELECT key FROM namings INDEXED BY namings_by_entity
        WHERE graph = :graph AND entity = spellings.entity AND name = spellings.name AND alias = asked.alias
        ORDER BY said_at, id LIMIT 1) FROM spellings CROSS JOIN (SELECT 0 AS alias UNION ALL SELECT 1) AS asked WHERE name IS NOT NULL)
ORDER BY id"""
"""A step for each spelling, however often it was written."""

INSERT_CLAIM = """
INSERT INTO claims (graph, id, episode, place, speaker, holder, subject, predicate, object, said_at, negated, kind, valid_from,
    valid_to, precision, exclusive, correction, replaces, confidence, object_value, replaces_value, text, quote)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
SELECT_CLAIMS = """
SELECT id, episode, place, speaker, holder, subject, predicate, object, object_value, said_at, text, quote, negated, kind,
    valid_from, valid_to, precision, exclusive, correction, replaces, replaces_value, confidence FROM claims"""
CLAIMS_BY_ID = "INDEXED BY claims_by_id WHERE graph = ? AND id IN (SELECT value FROM json_each(?))"
CLAIMS_OF = """
WHERE key IN (
    SELECT key FROM claims INDEXED BY claims_by_episode WHERE graph = :graph AND episode IN (SELECT value FROM json_each(:episodes))
    UNION SELECT key FROM claims INDEXED BY claims_by_speaker WHERE graph = :graph AND speaker IN (SELECT value FROM json_each(:voices))
    UNION SELECT key FROM claims INDEXED BY claims_by_holder WHERE graph = :graph AND holder IN (SELECT value FROM json_each(:voices))
    UNION SELECT key FROM claims INDEXED BY claims_by_subject WHERE graph = :graph AND subject IN (SELECT value FROM json_each(:entities))
    UNION SELECT key FROM claims INDEXED BY claims_by_object WHERE graph = :graph AND object IN (SELECT value FROM json_each(:entities))
    UNION SELECT key FROM claims INDEXED BY claims_by_replaced WHERE graph = :graph AND replaces <> ''
        AND replaces IN (SELECT value FROM json_each(:entities)))"""

INSERT_JUDGEMENT = """
INSERT INTO judgements (graph, id, later, earlier, operation, reason, recorded_at, decider) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING"""
SELECT_JUDGEMENTS = "SELECT id, later, earlier, operation, reason, recorded_at, decider FROM judgements"
JUDGEMENTS_BY_CLAIM = """
WHERE key IN (
    SELECT key FROM judgements INDEXED BY judgements_by_later WHERE graph = :graph AND later IN (SELECT value FROM json_each(:claims))
    UNION SELECT key FROM judgements INDEXED BY judgements_by_earlier WHERE graph = :graph
        AND earlier IN (SELECT value FROM json_each(:claims)))
ORDER BY id"""

INSERT_MERGE = """
INSERT INTO merges (graph, id, source, target, reason, recorded_at, decider, negated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING"""
SELECT_MERGES = "SELECT id, source, target, reason, recorded_at, decider, negated FROM merges"

INSERT_WORDING = """
INSERT INTO wordings (graph, id, name, canonical, reason, recorded_at, decider, inverse) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING"""
SELECT_WORDINGS = "SELECT id, name, canonical, reason, recorded_at, decider, inverse FROM wordings"
COUNT_PREDICATES = """
SELECT predicate, count(*) FROM claims INDEXED BY claims_by_predicate WHERE graph = ? GROUP BY predicate ORDER BY predicate"""

REPLACE_SUMMARY = "REPLACE INTO summaries (graph, text, through, episodes, decider, recorded_at) VALUES (?, ?, ?, ?, ?, ?)"
SELECT_SUMMARY = "SELECT text, through, episodes, decider, recorded_at FROM summaries WHERE graph = ?"

INSERT_RETRACTION = """
INSERT INTO retractions (graph, id, claims, said_at, reason, recorded_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
INSERT_RETRACTION_CLAIM = "INSERT INTO retraction_claims (graph, claim, retraction) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
SELECT_RETRACTIONS = "SELECT id, claims, said_at, reason, recorded_at FROM retractions"
RETRACTIONS_BY_CLAIM = """
INDEXED BY retractions_by_id WHERE graph = :graph AND id IN (
    SELECT retraction FROM retraction_claims WHERE graph = :graph AND claim IN (SELECT value FROM json_each(:claims)))
ORDER BY id"""

FIND_FACT = "SELECT key, text, vector FROM facts INDEXED BY facts_by_id WHERE graph = ? AND id = ?"
INSERT_FACT = """
INSERT INTO facts (graph, id, holder, subject, predicate, object, kind, valid_from, valid_to, known_from, known_to, share,
    object_value, text, support, vector, written)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
UPDATE_FACT = "UPDATE facts SET known_to = ?, support = ?, written = ? WHERE key = ?"
DELETE_FACT = "DELETE FROM facts WHERE key = ?"
INSERT_FACT_WORDS = "INSERT INTO fact_words (rowid, graph, body) VALUES (?, ?, ?)"
DELETE_FACT_WORDS = "DELETE FROM fact_words WHERE rowid = ?"
SELECT_FACTS = """
SELECT holder, subject, predicate, object, object_value, kind, valid_from, valid_to, known_from, known_to, text, support FROM facts"""
IN_FACT_ORDER = "ORDER BY valid_from, known_from, id LIMIT ?"

SELECT_LINKS = "SELECT facts.id, subject, predicate, CASE WHEN object_value IS NULL THEN object END, valid_from FROM facts"
LINKS_OF_SUBJECT = "INDEXED BY facts_by_subject_and_start WHERE facts.graph = ? AND facts.subject = ? AND {}"
LINKS_OF_OBJECT = "INDEXED BY facts_by_object WHERE facts.graph = ? AND facts.object = ? AND {}"
LATEST_FIRST = "ORDER BY valid_from DESC, id DESC LIMIT ?"

COUNT_FACTS = "SELECT count(*) FROM facts WHERE graph = ?"
COUNT_FACTS_WITH = "SELECT count(*) FROM fact_words WHERE fact_words MATCH ?"
FACT_KEYS_WITH = "SELECT rowid FROM fact_words WHERE fact_words MATCH ?"
FACTS_WITH = """
SELECT facts.key, facts.id, facts.share FROM fact_words CROSS JOIN facts ON facts.key = fact_words.rowid
WHERE fact_words MATCH ? AND {} ORDER BY fact_words.rowid DESC LIMIT ?"""
COUNT_EPISODES = "SELECT count(*) FROM episodes WHERE graph = ?"
COUNT_EPISODES_WITH = "SELECT count(*) FROM episode_words WHERE episode_words MATCH ?"
EPISODE_KEYS_WITH = "SELECT rowid FROM episode_words WHERE episode_words MATCH ?"
EPISODES_WITH = """
SELECT episodes.key, episodes.id, episodes.share FROM episode_words CROSS JOIN episodes ON episodes.key = episode_words.rowid
WHERE episode_words MATCH ? AND {} ORDER BY episode_words.rowid DESC LIMIT ?"""

SELECT_EMBEDDING = "SELECT model, dimension, removed FROM graphs WHERE key = ?"
SET_EMBEDDING = "UPDATE graphs SET model = ?, dimension = ? WHERE key = ?"
SET_REMOVED = "UPDATE graphs SET removed = ? WHERE key = ?"
FIND_VECTOR = "SELECT key FROM vectors INDEXED BY vectors_by_digest WHERE graph = ? AND digest = ?"
INSERT_VECTOR = "INSERT INTO vectors (graph, digest, written) VALUES (?, ?, ?)"
FILL_VECTOR = """
UPDATE vectors INDEXED BY vectors_by_digest SET numbers = ?, written = ? WHERE graph = ? AND digest = ? AND numbers IS NULL"""
EMPTY_VECTORS = "UPDATE vectors SET numbers = NULL, written = ? WHERE graph = ? AND numbers IS NOT NULL"
HAS_VECTORS = "SELECT EXISTS (SELECT 1 FROM vectors INDEXED BY vectors_by_writing WHERE graph = ? AND numbers IS NOT NULL)"
DELETE_UNUSED_VECTORS = """
DELETE FROM vectors WHERE key IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM facts INDEXED BY facts_by_vector WHERE vector = vectors.key)
    AND NOT EXISTS (SELECT 1 FROM episodes INDEXED BY episodes_by_vector WHERE vector = vectors.key)
    AND NOT EXISTS (SELECT 1 FROM entities INDEXED BY entities_by_vector WHERE vector = vectors.key)"""
RECORD_VECTORS = """
SELECT vector FROM episodes INDEXED BY episodes_by_id WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))
UNION ALL SELECT vector FROM entities INDEXED BY entities_by_id
    WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids)) AND vector IS NOT NULL"""
MISSING_TEXTS = """
SELECT facts.text FROM vectors INDEXED BY vectors_missing CROSS JOIN facts INDEXED BY facts_by_vector ON facts.vector = vectors.key
    WHERE vectors.graph = :graph AND vectors.numbers IS NULL
UNION SELECT episodes.content FROM vectors INDEXED BY vectors_missing
    CROSS JOIN episodes INDEXED BY episodes_by_vector ON episodes.vector = vectors.key
    CROSS JOIN progress ON progress.graph = episodes.graph AND progress.episode = episodes.id
    WHERE vectors.graph = :graph AND vectors.numbers IS NULL AND progress.stage IN ('extracted', 'kept')
UNION SELECT entities.name FROM vectors INDEXED BY vectors_missing
    CROSS JOIN entities INDEXED BY entities_by_vector ON entities.vector = vectors.key
    WHERE vectors.graph = :graph AND vectors.numbers IS NULL
ORDER BY 1"""
VECTORS_SINCE = """
SELECT key, numbers FROM vectors INDEXED BY vectors_by_writing WHERE graph = ? AND written > ? AND numbers IS NOT NULL"""
FACTS_SINCE = """
SELECT key, vector, valid_from, valid_to, known_from, known_to, kind = 'event', holder
FROM facts INDEXED BY facts_by_writing WHERE graph = ? AND written > ?"""
EPISODES_SINCE = """
SELECT key, vector, occurred_at FROM episodes INDEXED BY episodes_by_writing WHERE graph = ? AND written > ?"""
ENTITIES_SINCE = """
SELECT key, vector, type FROM entities INDEXED BY entities_by_writing WHERE graph = ? AND written > ? AND vector IS NOT NULL"""
SELECT_FACT_KEYS = "SELECT facts.key FROM facts WHERE {}"
FACT_IDS = "SELECT key, id FROM facts WHERE key IN (SELECT value FROM json_each(?))"
EPISODE_IDS = "SELECT key, id FROM episodes WHERE key IN (SELECT value FROM json_each(?))"
ENTITY_IDS = "SELECT key, id FROM entities WHERE key IN (SELECT value FROM json_each(?))"

ERASE = (
    """DELETE FROM summaries WHERE graph = :graph AND EXISTS (SELECT 1 FROM episodes INDEXED BY episodes_by_id
        WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids)))""",
    """DELETE FROM episode_words WHERE rowid IN
        (SELECT key FROM episodes WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids)))""",
    "DELETE FROM episodes WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM progress WHERE graph = :graph AND episode IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM entities WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))",
    """DELETE FROM names WHERE graph = :graph AND entity IN (SELECT value FROM json_each(:ids)
        UNION SELECT entity FROM namings INDEXED BY namings_by_id WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids)))
        AND NOT (own AND EXISTS (SELECT 1 FROM entities INDEXED BY entities_by_id WHERE graph = :graph AND id = names.entity))
        AND NOT EXISTS (SELECT 1 FROM namings INDEXED BY namings_by_entity WHERE graph = :graph AND entity = names.entity
            AND normalised = names.name AND id NOT IN (SELECT value FROM json_each(:ids)))""",
    "DELETE FROM namings WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM merges WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM wordings WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM claims WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM judgements WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM retractions WHERE graph = :graph AND id IN (SELECT value FROM json_each(:ids))",
    "DELETE FROM retraction_claims WHERE graph = :graph AND retraction IN (SELECT value FROM json_each(:ids))",
)
"""Each with the graph and a list of ids, in this order."""
