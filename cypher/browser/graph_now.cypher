CYPHER 25
// A graph as it is now, by all that is known: the states that hold and the events begun, of the record.
// A picture; the table beside it holds the sentences.
// parameters: graph
// columns: subject, f, object, text
MATCH (subject)-[f:FACT]->(object)
WHERE f.graph = $graph AND f.holder = ''
    AND f.valid_at <= datetime() AND (f.invalid_at > datetime() OR f.kind = 'event')
    AND f.expired_at = datetime('9999-12-31T23:59:59.999999Z')
RETURN subject, f, object, f.text AS text
ORDER BY f.valid_at, f.id
