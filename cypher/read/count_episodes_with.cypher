CYPHER 25
// How many episodes each full-text expression finds. An expression begins with the token of its graph.
// parameters: expressions
// columns: expression, found
UNWIND $expressions AS expression
CALL (expression) {
    CALL db.index.fulltext.queryNodes('episode_words', expression) YIELD node
    RETURN count(*) AS found
}
RETURN expression, found
