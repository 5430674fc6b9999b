CYPHER 25
// Erase namings, and say which spellings they had.
// parameters: graph, ids
// columns: entity, name, alias
UNWIND $ids AS id
MATCH (naming:Naming {graph: $graph, id: id})
WITH naming, naming.entity AS entity, naming.name AS name, naming.alias AS alias
DETACH DELETE naming
RETURN DISTINCT entity, name, alias
