CYPHER 25
// Say which schema this database has.
// parameters: version
// columns: none
MERGE (schema:Schema {name: 'mem0g'})
SET schema.version = $version
