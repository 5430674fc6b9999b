"""LoCoMo with a language model: systems that answer its questions, judges of the answers, and what both cost. See docs/benchmark.md.

Any object with the methods of `systems.System` can be measured beside ours. Every answer and mark is kept as soon as it is there, so
that a run can be broken off and gone on with.
"""
