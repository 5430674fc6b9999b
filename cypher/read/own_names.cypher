CYPHER 25
// The normalised names that entities were made with.
// parameters: graph, ids
// columns: entity, names
UNWIND $ids AS id
MATCH (name:Name)
WHERE name.graph = $graph AND name.entity = id
RETURN id AS entity, collect(name.name) AS names
