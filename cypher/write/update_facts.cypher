CYPHER 25
// Replace facts that are there. One whose text changed loses its vector.
// parameters: graph, facts
// columns: none
UNWIND $facts AS fact
MATCH ()-[f:FACT {graph: $graph, id: fact.id}]->()
WITH f, fact, f.digest <> fact.properties.digest AS reworded
SET f += fact.properties
FOREACH (_ IN CASE WHEN reworded THEN [1] ELSE [] END | REMOVE f.embedding SET f.missing = true)
