"""English and Japanese commands: a recogniser of the language itself writes real words."""

from rapidfuzz import fuzz, process

from intents.contract import Sentences, normal
from nlu.matching import NOTHING, Command, close, plain_sentences, stripped

# A ratio of 0.9 is as much in doubt as a command that leaves 0.4 of a syllable unexplained.
_COST = 4.0

# A sentence within a longer one ("uh what's the phone number I forgot") is believed the less, the
# more stands around it; from about six words on it is another sentence.
_WITHIN = 0.3
_AROUND = 0.11
_WITHIN_LENGTH = {"ja-JP": 4, "en-US": 9}
_WORD = {"ja-JP": 3, "en-US": 5}
"""Characters of a usual word."""


class ByLetter:
    """The commands of one locale, compared by their letters."""

    def __init__(self, data: Sentences) -> None:
        spaced = data.locale != "ja-JP"
        self._normal = normal if spaced else close
        self._gap = " " if spaced else ""
        self._word = _WORD[data.locale]
        plain = plain_sentences(data)
        self._intents = {self._normal(text): intent for text, intent in plain.items()}
        self._texts = list(self._intents)
        ignored = sorted(map(self._normal, data.ignored), key=len, reverse=True)
        self._ignored = tuple(ignored)
        self._empty = tuple(word for word in ignored if word not in self._intents)
        long = (text for text in self._texts if len(text) >= _WITHIN_LENGTH[data.locale])
        self._long = sorted(long, key=len, reverse=True)

    def best(self, heard: str, offered: bool) -> Command:  # noqa: ARG002  as `BySound`
        """The likeliest command, however unlike; NOTHING where only politeness was heard."""
        text = self._normal(heard)
        rest = text
        for ignored in (self._empty, self._ignored):
            for rest in stripped(text, ignored, self._gap):
                if rest in self._intents:
                    return Command(self._intents[rest], rest, 1.0)
        if not rest:
            return NOTHING
        sentence, percent, _ = process.extractOne(rest, self._texts, scorer=fuzz.ratio)
        score = percent / 100
        found = Command(self._intents[sentence], sentence, score, _COST * (1 - score))
        within = self._within(text)
        return min(within, found, key=lambda command: command.cost) if within else found

    def _within(self, text: str) -> Command | None:
        """The longest sentence that stands whole in `text`."""
        padded = f"{self._gap}{text}{self._gap}"
        for sentence in self._long:
            if f"{self._gap}{sentence}{self._gap}" in padded:
                around = (len(text) - len(sentence)) / self._word
                cost = _WITHIN + _AROUND * around
                return Command(self._intents[sentence], sentence, 1 - cost / 3, cost)
        return None
