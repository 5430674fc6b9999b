"""The types that a graph's entities and relations keep to, as Pydantic models the user writes."""


class Ontology:
    """To come."""
