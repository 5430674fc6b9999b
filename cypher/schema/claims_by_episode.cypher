CYPHER 25
// Claims of an episode.
// parameters: none
// columns: none
CREATE INDEX claims_by_episode IF NOT EXISTS FOR (n:Claim) ON (n.graph, n.episode_id)
