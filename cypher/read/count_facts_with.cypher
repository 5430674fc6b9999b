CYPHER 25
// How many facts each full-text expression finds. An expression begins with the token of its graph.
// parameters: expressions
// columns: expression, found
UNWIND $expressions AS expression
CALL (expression) {
    CALL db.index.fulltext.queryRelationships('fact_words', expression) YIELD relationship
    RETURN count(*) AS found
}
RETURN expression, found
