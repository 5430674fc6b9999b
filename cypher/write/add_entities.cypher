CYPHER 25
// Store entities, each with its names; one that is there is left as it is.
// A node that an erased entity left to its facts becomes that entity again.
// parameters: graph, entities
// columns: added
UNWIND $entities AS row
MERGE (entity:Entity {graph: $graph, id: row.id})
WITH entity, row WHERE entity.name IS NULL
SET entity += row.properties
SET entity.missing = CASE WHEN entity.type = '' THEN null ELSE true END
WITH entity, row
UNWIND row.names AS name
MERGE (n:Name {graph: $graph, name: name, entity: row.id})
MERGE (n)-[:NAMES]->(entity)
RETURN count(DISTINCT entity) AS added
