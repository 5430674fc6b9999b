CYPHER 25
// How far episodes have been read: these, or all where the list is null.
// parameters: graph, ids
// columns: id, stage, error, extractor
CALL () {
    WHEN $ids IS NOT NULL THEN {
        UNWIND $ids AS id
        MATCH (episode:Episode {graph: $graph, id: id})
        RETURN DISTINCT episode
    }
    ELSE {
        MATCH (episode:Episode)
        WHERE episode.graph = $graph AND episode.stage IS NOT NULL
        RETURN episode
    }
}
WITH episode
WHERE episode.stage IS NOT NULL
RETURN episode.id AS id, episode.stage AS stage, episode.error AS error, episode.extractor AS extractor
ORDER BY id
