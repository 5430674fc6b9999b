CYPHER 25
// The version of the schema; no row where there is none.
// parameters: none
// columns: version
MATCH (schema:Schema {name: 'mem0g'})
RETURN schema.version AS version
