CYPHER 25
// Where a fact comes from: the claims that ever carried it, the episodes that assert them, and the very words. History by design.
// $fact is the id of a fact, or its first characters. A picture of paths, fact and entity and claim and episode; the table holds the words.
// parameters: graph, fact
// columns: text, speaker, said_at, quote, said, fact, source, merged
MATCH fact = (subject)-[f:FACT]->(object)
WHERE f.graph = $graph AND f.id STARTS WITH $fact
MATCH (claim:Claim)
WHERE claim.graph = $graph AND claim.id IN f.claims
MATCH source = (episode:Episode)-[:ASSERTS]->(claim)-[:ABOUT]->(about:Entity)
OPTIONAL MATCH merged = (about)<-[:SOURCE|TARGET]-(:Merge)-[:SOURCE|TARGET]->(subject)
RETURN f.text AS text, episode.speaker AS speaker, claim.said_at AS said_at, claim.quote AS quote,
    episode.content AS said, fact, source, merged
ORDER BY f.id, said_at, claim.id
