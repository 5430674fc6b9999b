CYPHER 25
// Say how far episodes have been read.
// parameters: graph, progress
// columns: none
UNWIND $progress AS row
MATCH (episode:Episode {graph: $graph, id: row.id})
SET episode.stage = row.stage, episode.error = row.error, episode.extractor = row.extractor
