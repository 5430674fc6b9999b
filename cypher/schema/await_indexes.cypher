CYPHER 25
// Wait until every index is there, at most so many seconds.
// parameters: seconds
// columns: none
CALL db.awaitIndexes($seconds)
