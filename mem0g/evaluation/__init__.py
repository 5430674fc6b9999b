"""How well texts are read, questions about time answered and evidence found; LoCoMo with a language model. Run by `mem0g evaluate`."""
