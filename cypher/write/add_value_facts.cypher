CYPHER 25
// Write facts about literals that are not there yet.
// parameters: graph, facts
// columns: none
UNWIND $facts AS fact
MERGE (subject:Entity {graph: $graph, id: fact.subject})
MERGE (object:Value {graph: $graph, id: fact.object})
ON CREATE SET object.text = fact.properties.value_text, object.datatype = fact.properties.value_type
CREATE (subject)-[f:FACT {graph: $graph, id: fact.id, missing: true}]->(object)
SET f += fact.properties
