CYPHER 25
// The version of the schema is one node.
// parameters: none
// columns: none
CREATE CONSTRAINT schema_key IF NOT EXISTS FOR (n:Schema) REQUIRE n.name IS UNIQUE
