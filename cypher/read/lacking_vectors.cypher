CYPHER 25
// Of what kinds the bearers of texts are that have no vector, by the digest of the text.
// parameters: graph, digests
// columns: kind, digest
UNWIND $digests AS digest
CALL (digest) {
    MATCH ()-[:FACT {graph: $graph, missing: true, digest: digest}]->()
    RETURN 'fact' AS kind
    UNION
    MATCH (:Episode {graph: $graph, missing: true, digest: digest})
    RETURN 'episode' AS kind
    UNION
    MATCH (:Entity {graph: $graph, missing: true, digest: digest})
    RETURN 'entity' AS kind
}
RETURN kind, digest
