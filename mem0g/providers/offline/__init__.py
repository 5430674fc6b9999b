"""Reading chat offline: claims from English text by its grammar, without a model and without a network."""

from mem0g.providers.offline.extractor import OfflineExtractor

__all__ = ["OfflineExtractor"]
