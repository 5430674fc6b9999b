"""How well text is read into claims: gold files, what was read of them, and the scores. `mem0g evaluate` is its command."""
