"""Which extractor and language model a memory uses: those given, else what the environment configures, else the offline rules."""

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from mem0g.errors import InvalidInput, MissingExtra
from mem0g.ports import Extractor, LanguageModel
from mem0g.settings import Settings

if TYPE_CHECKING:
    from mem0g.providers.openai import OpenAIModel


@dataclass(slots=True)
class Models:
    """What was given, and what is chosen when it is first needed: once, from however many threads it is asked.

    Attributes:
        given: the extractor, or None to choose one.
        llm: the language model; None where there is none, or none was needed yet.
    """

    given: Extractor | None = None
    llm: LanguageModel | None = None
    _own: "OpenAIModel | None" = None
    _choosing: Lock = field(default_factory=Lock)

    @property
    def extractor(self) -> Extractor:
        """What reads text into claims: as given, else by the language model given or configured, else offline.

        Raises:
            MissingExtra: it needs a package that is not installed.
        """
        with self._choosing:
            if self.given is None:
                self.llm = self.llm or self._configured()
                self.given = _reading_with(self.llm)
            return self.given

    @property
    def chosen(self) -> LanguageModel | None:
        """The language model given or configured; None where there is none, or an extractor was given instead of one."""
        with self._choosing:
            if self.llm is None and self.given is None:
                self.llm = self._configured()
            return self.llm

    @property
    def asked(self) -> LanguageModel:
        """The language model.

        Raises:
            InvalidInput: there is none.
        """
        if (llm := self.chosen) is None:
            raise InvalidInput("this memory has no language model: give Memory(llm=...), or set OPENAI_API_KEY or OPENAI_BASE_URL")
        return llm

    def close(self) -> None:
        """Close the connections of what was chosen here; what was given is its giver's."""
        if self._own is not None:
            self._own.close()

    def _configured(self) -> LanguageModel | None:
        """The language model that the environment configures, if it does."""
        settings = Settings.from_environment()
        if not settings.has_model:
            return None
        from mem0g.providers.openai import OpenAIModel  # noqa: PLC0415 - an extra, and slow to load

        try:
            self._own = OpenAIModel(settings.model, base_url=settings.openai_base_url, api_key=settings.openai_api_key)
        except MissingExtra as error:
            raise MissingExtra(f"{error}; or unset OPENAI_API_KEY and OPENAI_BASE_URL, to read offline") from error
        return self._own


def _reading_with(llm: LanguageModel | None) -> Extractor:
    if llm is not None:
        from mem0g.ingestion.llm_extraction import LLMExtractor  # noqa: PLC0415 - loads pydantic

        return LLMExtractor(llm)
    from mem0g.providers.offline import OfflineExtractor  # noqa: PLC0415 - an extra, and slow to load

    return OfflineExtractor()
