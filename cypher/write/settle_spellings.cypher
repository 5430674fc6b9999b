CYPHER 25
// For each spelling of an entity keep the naming said first; one that no naming has is no more.
// parameters: graph, spellings
// columns: none
UNWIND $spellings AS row
CALL (row) {
    OPTIONAL MATCH (naming:Naming)
    WHERE naming.graph = $graph AND naming.entity = row.entity AND naming.name = row.name AND naming.alias = row.alias
        AND naming.said_at IS NOT NULL AND naming.id IS NOT NULL
    RETURN naming
    ORDER BY naming.said_at, naming.id
    LIMIT 1
}
MERGE (spelling:Spelling {graph: $graph, entity: row.entity, name: row.name, alias: row.alias})
SET spelling.normalised = row.normalised, spelling.first = naming.id
WITH spelling
WHERE spelling.first IS NULL
DELETE spelling
