CYPHER 25
// Facts by the words they are found by: stems, without accents or signs, worked out before they come here.
// `words` begins with a token of the graph, so that no query leaves its graph.
// parameters: none
// columns: none
CREATE FULLTEXT INDEX fact_words IF NOT EXISTS FOR ()-[f:FACT]-() ON EACH [f.words]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}
