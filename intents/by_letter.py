"""English and Japanese commands: a recogniser of the language itself writes real words."""

from rapidfuzz import fuzz, process

from intents.contract import Sentences, normal
from intents.matching import NOTHING, Command, plain_sentences, strip

# A ratio of 0.9 is a syllable's worth of doubt of 0.4, as much as 「電話體號」 for 電話幾號.
_COST = 4.0


class ByLetter:
    """The commands of one locale, compared by their letters."""

    def __init__(self, data: Sentences) -> None:
        self._ignored = tuple(sorted(map(normal, data.ignored), key=len, reverse=True))
        self._intents = {normal(text): intent for text, intent in plain_sentences(data).items()}
        self._gap = "" if data.locale == "ja-JP" else " "
        self._texts = list(self._intents)

    def best(self, heard: str, offered: bool) -> Command:  # noqa: ARG002  as `BySound`
        """The likeliest command, however unlike; NOTHING where only politeness was heard."""
        text = normal(heard)
        if text in self._intents:
            return Command(self._intents[text], text, 1.0)
        text = strip(text, self._ignored, self._gap)
        if text in self._intents:
            return Command(self._intents[text], text, 1.0)
        if not text:
            return NOTHING
        sentence, percent, _ = process.extractOne(text, self._texts, scorer=fuzz.ratio)
        score = percent / 100
        return Command(self._intents[sentence], sentence, score, _COST * (1 - score))
