CYPHER 25
// Make room for an index of another dimension.
// parameters: none
// columns: none
DROP INDEX entity_vectors IF EXISTS
