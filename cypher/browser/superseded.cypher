CYPHER 25
// Facts that are no longer believed as they were, of any holder, each with the claim or the retraction that ended it, and why.
// History by design. A table, by when; the picture has these facts struck through, and what is believed instead.
// parameters: graph
// columns: text, believed_until, operation, by, reason, subject, f, object, instead, objects
MATCH (subject)-[f:FACT]->(object)
WHERE f.graph = $graph AND f.valid_at IS NOT NULL AND f.expired_at < datetime('9999-12-31T23:59:59.999999Z')
OPTIONAL CALL (f) {
    MATCH (earlier:Claim)<-[:EARLIER]-(judgement:Judgement)-[:LATER]->(later:Claim)
    WHERE earlier.graph = $graph AND earlier.id IN f.claims AND later.said_at = f.expired_at
        AND judgement.operation IN ['UPDATE', 'DELETE', 'CORRECTS']
    RETURN judgement AS decision, judgement.operation AS operation, later
    UNION
    MATCH (claim:Claim)<-[:RETRACTS]-(retraction:Retraction)
    WHERE claim.graph = $graph AND claim.id IN f.claims AND retraction.said_at = f.expired_at
    RETURN retraction AS decision, 'RETRACTED' AS operation, null AS later
}
CALL (f, later) {
    MATCH ()-[other:FACT]->(end)
    WHERE other.graph = $graph AND other.subject = f.subject AND other.predicate = f.predicate AND other.object IS NOT NULL
        AND other.holder = f.holder AND other.expired_at = datetime('9999-12-31T23:59:59.999999Z')
        AND (other.object = f.object OR later.id IN other.claims)
    RETURN collect(other) AS instead, collect(end) AS objects
}
RETURN f.text AS text, f.expired_at AS believed_until, operation, later.text AS by, decision.reason AS reason,
    subject, f, object, instead, objects
ORDER BY believed_until, text
