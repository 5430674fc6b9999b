CYPHER 25
// What changed from $since up to $until, two datetimes: in the world, by all that is known, and in what was believed.
// History by design. A table, by when; `change` is began, ended, learned or dropped. The picture is of the facts that changed.
// parameters: graph, since, until
// columns: at, change, text, subject, f, object
CALL () {
    MATCH (subject)-[f:FACT]->(object)
    WHERE f.graph = $graph AND f.holder = '' AND f.valid_at >= $since AND f.valid_at < $until
        AND f.expired_at = datetime('9999-12-31T23:59:59.999999Z')
    RETURN f.valid_at AS at, 'began' AS change, subject, f, object
    UNION ALL
    MATCH (subject)-[f:FACT]->(object)
    WHERE f.graph = $graph AND f.valid_at IS NOT NULL AND f.holder = '' AND f.invalid_at >= $since AND f.invalid_at < $until
        AND f.expired_at = datetime('9999-12-31T23:59:59.999999Z')
    RETURN f.invalid_at AS at, 'ended' AS change, subject, f, object
    UNION ALL
    MATCH (subject)-[f:FACT]->(object)
    WHERE f.graph = $graph AND f.valid_at IS NOT NULL AND f.holder = '' AND f.created_at >= $since AND f.created_at < $until
    RETURN f.created_at AS at, 'learned' AS change, subject, f, object
    UNION ALL
    MATCH (subject)-[f:FACT]->(object)
    WHERE f.graph = $graph AND f.valid_at IS NOT NULL AND f.holder = '' AND f.expired_at >= $since AND f.expired_at < $until
    RETURN f.expired_at AS at, 'dropped' AS change, subject, f, object
}
RETURN at, change, f.text AS text, subject, f, object
ORDER BY at, change, f.id
