CYPHER 25
// Erase ledger records other than entities.
// parameters: graph, ids
// columns: episodes
UNWIND $ids AS id
OPTIONAL MATCH (episode:Episode {graph: $graph, id: id})
OPTIONAL MATCH (claim:Claim {graph: $graph, id: id})
OPTIONAL MATCH (judgement:Judgement {graph: $graph, id: id})
OPTIONAL MATCH (merge:Merge {graph: $graph, id: id})
OPTIONAL MATCH (retraction:Retraction {graph: $graph, id: id})
OPTIONAL MATCH (wording:Wording {graph: $graph, id: id})
WITH collect(DISTINCT episode) AS episodes, collect(DISTINCT claim) + collect(DISTINCT judgement) + collect(DISTINCT merge) + collect(DISTINCT retraction) + collect(DISTINCT wording) AS others
FOREACH (one IN episodes | DETACH DELETE one)
FOREACH (one IN others | DETACH DELETE one)
RETURN size(episodes) AS episodes
