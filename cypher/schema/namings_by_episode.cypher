CYPHER 25
// What an episode calls entities.
// parameters: none
// columns: none
CREATE INDEX namings_by_episode IF NOT EXISTS FOR (n:Naming) ON (n.graph, n.episode_id)
