CYPHER 25
// Pairs of episodes said one right after the other, no further apart than a span, that hold one of some episodes at least.
// parameters: graph, ids, known_at, within
// columns: earlier, later
MATCH (said:Episode)
WHERE said.graph = $graph AND said.id IN $ids AND said.occurred_at <= $known_at
CALL (said) {
    MATCH (next:Episode)
    WHERE next.graph = $graph AND next.occurred_at >= said.occurred_at AND next.occurred_at <= said.occurred_at + $within
        AND next.occurred_at <= $known_at AND (next.occurred_at > said.occurred_at OR next.id > said.id)
    ORDER BY next.occurred_at, next.id
    LIMIT 1
    RETURN said.id AS earlier, next.id AS later
    UNION
    MATCH (last:Episode)
    WHERE last.graph = $graph AND last.occurred_at <= said.occurred_at AND last.occurred_at >= said.occurred_at - $within
        AND (last.occurred_at < said.occurred_at OR last.id < said.id)
    ORDER BY last.occurred_at DESC, last.id DESC
    LIMIT 1
    RETURN last.id AS earlier, said.id AS later
}
RETURN DISTINCT earlier, later
