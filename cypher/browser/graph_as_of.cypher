CYPHER 25
// A graph as of a date: the states that held at $as_of and the events begun by then, of the record, as it was known at $known_at.
// Both are datetimes; datetime('9999-12-31T23:59:59Z') as $known_at is all that is known.
// A picture; the table beside it holds the sentences.
// parameters: graph, as_of, known_at
// columns: subject, f, object, text
MATCH (subject)-[f:FACT]->(object)
WHERE f.graph = $graph AND f.holder = ''
    AND f.valid_at <= $as_of AND (f.invalid_at > $as_of OR f.kind = 'event')
    AND f.created_at <= $known_at AND f.expired_at > $known_at
RETURN subject, f, object, f.text AS text
ORDER BY f.valid_at, f.id
