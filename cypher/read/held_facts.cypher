CYPHER 25
// Which of these facts are there.
// parameters: graph, ids
// columns: id
UNWIND $ids AS id
MATCH ()-[f:FACT {graph: $graph, id: id}]->()
RETURN id
