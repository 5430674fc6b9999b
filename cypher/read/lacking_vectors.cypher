CYPHER 25
// Of what kinds the bearers of texts are that have no vector, by the digest of the text.
// parameters: graph, digests
// columns: kind, digest
UNWIND $digests AS digest
CALL (digest) {
    MATCH ()-[f:FACT]->()
    USING INDEX SEEK f:FACT(graph, missing, digest)
    WHERE f.graph = $graph AND f.missing = true AND f.digest = digest
    RETURN 'fact' AS kind
    UNION
    MATCH (episode:Episode)
    USING INDEX SEEK episode:Episode(graph, missing, digest)
    WHERE episode.graph = $graph AND episode.missing = true AND episode.digest = digest
    RETURN 'episode' AS kind
    UNION
    MATCH (entity:Entity)
    USING INDEX SEEK entity:Entity(graph, missing, digest)
    WHERE entity.graph = $graph AND entity.missing = true AND entity.digest = digest
    RETURN 'entity' AS kind
}
RETURN kind, digest
