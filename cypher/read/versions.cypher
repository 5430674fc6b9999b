CYPHER 25
// Every version, of any holder, of the triplets that filters name. A filter's `objects` is null for every object.
// parameters: graph, filters
// columns: fact
UNWIND $filters AS filter
MATCH ()-[f:FACT]->()
USING INDEX f:FACT(graph, subject, predicate, object)
WHERE f.graph = $graph AND f.subject IN filter.subjects AND f.predicate = filter.predicate AND f.object IS NOT NULL
    AND (filter.objects IS NULL OR f.object IN filter.objects)
WITH DISTINCT f
RETURN f {
    .id, .holder, .subject, .predicate, .object, .value_text, .value_type, .kind, .text, .claims,
    valid_at: f.valid_at.epochMillis * 1000 + f.valid_at.microsecond % 1000,
    invalid_at: f.invalid_at.epochMillis * 1000 + f.invalid_at.microsecond % 1000,
    created_at: f.created_at.epochMillis * 1000 + f.created_at.microsecond % 1000,
    expired_at: f.expired_at.epochMillis * 1000 + f.expired_at.microsecond % 1000,
    since: [at IN f.since | at.epochMillis * 1000 + at.microsecond % 1000],
    until: [at IN f.until | at.epochMillis * 1000 + at.microsecond % 1000]
} AS fact
