CYPHER 25
// Who believes what at $as_of, as it was known at $known_at: each fact with who said it, or to whom the view is attributed.
// A table; `voice` is said for the record, and attributed for what is held apart from it. The picture is of the facts.
// parameters: graph, as_of, known_at
// columns: who, voice, text, quote, said_at, subject, f, object
MATCH (subject)-[f:FACT]->(object)
WHERE f.graph = $graph
    AND f.valid_at <= $as_of AND (f.invalid_at > $as_of OR f.kind = 'event')
    AND f.created_at <= $known_at AND f.expired_at > $known_at
UNWIND range(0, size(f.claims) - 1) AS i
WITH subject, f, object, i
WHERE f.since[i] <= $known_at AND f.until[i] > $known_at
MATCH (claim:Claim {graph: $graph, id: f.claims[i]})
MATCH (voice:Entity {graph: $graph, id: CASE f.holder WHEN '' THEN claim.speaker ELSE f.holder END})
RETURN voice.name AS who, CASE f.holder WHEN '' THEN 'said' ELSE 'attributed' END AS voice, f.text AS text, claim.quote AS quote,
    claim.said_at AS said_at, subject, f, object
ORDER BY who, voice, said_at, text
