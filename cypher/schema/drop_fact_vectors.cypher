CYPHER 25
// Make room for an index of another dimension.
// parameters: none
// columns: none
DROP INDEX fact_vectors IF EXISTS
