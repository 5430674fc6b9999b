CYPHER 25
// Write facts that are not there yet, between nodes that are made where they are missing.
// parameters: graph, facts
// columns: none
UNWIND $facts AS fact
MERGE (subject:Entity {graph: $graph, id: fact.subject})
MERGE (object:Entity {graph: $graph, id: fact.object})
CREATE (subject)-[f:FACT {graph: $graph, id: fact.id, missing: true}]->(object)
SET f += fact.properties
