"""The laws of design.md §3, each a property, and the rule in its naive form that they are held against."""
