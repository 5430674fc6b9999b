CYPHER 25
// Entities of these ids or normalised names; all where both lists are null.
// parameters: graph, ids, names
// columns: entity
CALL () {
    WHEN $ids IS NULL AND $names IS NULL THEN {
        MATCH (entity:Entity)
        WHERE entity.graph = $graph AND entity.id IS NOT NULL
        RETURN entity
    }
    ELSE {
        UNWIND coalesce($ids, []) AS id
        MATCH (entity:Entity {graph: $graph, id: id})
        RETURN entity
        UNION
        UNWIND coalesce($names, []) AS name
        MATCH (named:Name)
        WHERE named.graph = $graph AND named.name = name AND named.entity IS NOT NULL
        MATCH (entity:Entity {graph: $graph, id: named.entity})
        RETURN entity
        UNION
        UNWIND coalesce($names, []) AS name
        MATCH (spelling:Spelling)
        WHERE spelling.graph = $graph AND spelling.normalised = name
        MATCH (entity:Entity {graph: $graph, id: spelling.entity})
        RETURN entity
    }
}
WITH entity
WHERE entity.name IS NOT NULL
RETURN entity {
    .id, .name, .type, .discriminator, .aliases,
    recorded_at: entity.recorded_at.epochMillis * 1000 + entity.recorded_at.microsecond % 1000
} AS entity
ORDER BY entity.id
