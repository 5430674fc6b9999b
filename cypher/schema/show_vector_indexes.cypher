CYPHER 25
// The dimensions of the vector indexes that there are.
// parameters: none
// columns: name, dimension
SHOW VECTOR INDEXES YIELD name, options
WHERE name IN ['fact_vectors', 'episode_vectors', 'entity_vectors']
RETURN name, options.indexConfig.`vector.dimensions` AS dimension
