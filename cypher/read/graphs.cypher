CYPHER 25
// All graphs that hold a record or a fact.
// parameters: none
// columns: key
MATCH (graph:Graph)
WHERE graph.episodes > 0 OR graph.facts > 0
    OR EXISTS { MATCH (n:Entity {graph: graph.key}) WHERE n.id IS NOT NULL }
    OR EXISTS { MATCH (n:Naming {graph: graph.key}) WHERE n.id IS NOT NULL }
    OR EXISTS { MATCH (n:Claim {graph: graph.key}) WHERE n.id IS NOT NULL }
    OR EXISTS { MATCH (n:Judgement {graph: graph.key}) WHERE n.id IS NOT NULL }
    OR EXISTS { MATCH (n:Merge {graph: graph.key}) WHERE n.id IS NOT NULL }
    OR EXISTS { MATCH (n:Retraction {graph: graph.key}) WHERE n.id IS NOT NULL }
    OR EXISTS { MATCH (n:Wording {graph: graph.key}) WHERE n.id IS NOT NULL }
RETURN graph.key AS key
