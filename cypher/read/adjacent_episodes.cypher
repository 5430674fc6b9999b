CYPHER 25
// Pairs of messages of the same labels said one right after the other, no further apart than a span, that hold one of some at least.
// parameters: graph, ids, known_at, within, labels
// columns: earlier, later
MATCH (said:Episode)
WHERE said.graph = $graph AND said.id IN $ids AND said.occurred_at <= $known_at
    AND said.source <> 'fact'
    AND ($labels.user_id IS NULL OR said.user_id = $labels.user_id)
    AND ($labels.agent_id IS NULL OR said.agent_id = $labels.agent_id)
    AND ($labels.run_id IS NULL OR said.run_id = $labels.run_id)
CALL (said) {
    MATCH (next:Episode)
    WHERE next.graph = $graph AND next.occurred_at >= said.occurred_at AND next.occurred_at <= said.occurred_at + $within
        AND next.occurred_at <= $known_at AND (next.occurred_at > said.occurred_at OR next.id > said.id)
        AND next.source <> 'fact'
        AND ($labels.user_id IS NULL OR next.user_id = $labels.user_id)
        AND ($labels.agent_id IS NULL OR next.agent_id = $labels.agent_id)
        AND ($labels.run_id IS NULL OR next.run_id = $labels.run_id)
    ORDER BY next.occurred_at, next.id
    LIMIT 1
    RETURN said.id AS earlier, next.id AS later
    UNION
    MATCH (last:Episode)
    WHERE last.graph = $graph AND last.occurred_at <= said.occurred_at AND last.occurred_at >= said.occurred_at - $within
        AND (last.occurred_at < said.occurred_at OR last.id < said.id)
        AND last.source <> 'fact'
        AND ($labels.user_id IS NULL OR last.user_id = $labels.user_id)
        AND ($labels.agent_id IS NULL OR last.agent_id = $labels.agent_id)
        AND ($labels.run_id IS NULL OR last.run_id = $labels.run_id)
    ORDER BY last.occurred_at DESC, last.id DESC
    LIMIT 1
    RETURN last.id AS earlier, said.id AS later
}
RETURN DISTINCT earlier, later
