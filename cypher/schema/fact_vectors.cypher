CYPHER 25
// Facts by meaning, with all that a search filters by inside the index. Without quantization: it cost recall and saved no time.
// `options` hold the dimension and the similarity function, as Neo4j names them.
// parameters: options
// columns: none
CREATE VECTOR INDEX fact_vectors IF NOT EXISTS FOR ()-[f:FACT]-() ON (f.embedding)
WITH [f.graph, f.holder, f.kind, f.valid_at, f.invalid_at, f.created_at, f.expired_at]
OPTIONS $options
