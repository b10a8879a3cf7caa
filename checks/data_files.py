"""The data files, and how each is checked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checks import relations, word_relations
from checks.documents import Document, Fault, read_document
from checks.schema import check_schema, schemas
from checks.schema_formats import ROOT, like

_BY_PATH = ("outside", "locales")
"""Rooms whose schemas go by the whole path, as names come again in them."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that people edit."""

    path: str
    """from the project's folder: shared/places/former.yaml; {locale} stands for every language,
    * for those that it needs"""
    room: str
    """the file in schemas/ that holds its schema"""
    relations: Callable[[Document], Iterable[Fault]] | None = None
    """what its schema cannot say; asked only where the schema is met"""

    @property
    def schema(self) -> str:
        """Its name in the file of its room."""
        return self.path if self.room in _BY_PATH else self.path.rpartition("/")[2]

    @property
    def paths(self) -> tuple[str, ...]:
        """The file, or one a language."""
        if "*" in self.path:
            return tuple(sorted(str(one.relative_to(ROOT)) for one in ROOT.glob(self.path)))
        if "{locale}" in self.path:
            return tuple(self.path.format(locale=one) for one in sorted(like("locale")))
        return (self.path,)

    def check(self, root: Path = ROOT) -> list[Fault]:
        """Every mistake in it, by line."""
        return [fault for path in self.paths for fault in self._check(root, path)]

    def _check(self, root: Path, path: str) -> list[Fault]:
        document = read_document(root / path, path)
        faults = list(document.faults)
        if document.value is not None:
            unmet = list(check_schema(document, schemas(self.room)[self.schema]))
            faults += unmet
            if self.relations and (not unmet or path.endswith(".csv")):
                faults += self.relations(document)
        return sorted(faults, key=lambda fault: fault.line)


FILES = (
    DataFile("shared/places/districts.csv", "places", relations.districts),
    DataFile("shared/places/landmarks.csv", "places", relations.landmarks),
    DataFile("shared/places/middles.csv", "places", relations.middles),
    DataFile("shared/places/villages.csv", "places", relations.villages),
    DataFile("shared/places/neighbours.csv", "places", relations.neighbours),
    DataFile("shared/places/area_codes.yaml", "places", relations.area_codes),
    DataFile("shared/places/former.yaml", "places", relations.former),
    DataFile("shared/feed/products.yaml", "feed", relations.products),
    DataFile("shared/rules/rules.yaml", "rules", relations.rules),
    DataFile("shared/names/chains.yaml", "names", relations.chains),
    DataFile("shared/names/everyday.yaml", "names"),
    DataFile("shared/names/words_around.yaml", "names"),
    DataFile("shared/names/calibration.yaml", "names"),
    DataFile("shared/names/japanese.yaml", "names"),
    DataFile("shared/today.yaml", "hours", word_relations.day_words),
    DataFile("shared/hours/holidays.yaml", "hours", relations.holidays),
    DataFile("shared/hours/note_words.yaml", "hours", word_relations.note_words),
    DataFile("shared/hours/note_tails.yaml", "hours", word_relations.note_tails),
    DataFile("shared/phonetics/readings.txt", "phonetics", word_relations.readings),
    DataFile("shared/phonetics/kana.yaml", "phonetics"),
    DataFile("shared/phonetics/romanised.yaml", "phonetics"),
    DataFile("shared/phonetics/confusions.yaml", "phonetics", word_relations.confusions),
    DataFile("shared/phonetics/measured.yaml", "phonetics", word_relations.measured),
    DataFile("shared/speech/readings/*.yaml", "outside"),
    DataFile("shared/locales/{locale}.yaml", "locales"),
    DataFile("nlu/grammars/{locale}.yaml", "locales"),
    DataFile("commands/text/{locale}.yaml", "outside"),
    DataFile("web/map_steps.yaml", "outside", relations.map_steps),
    DataFile("web/vendor.yaml", "outside"),
    DataFile("web/text/operator.{locale}.yaml", "outside", word_relations.same_words),
    DataFile("web/text/phone.{locale}.yaml", "outside", word_relations.same_words),
    DataFile("web/text/problem.{locale}.yaml", "outside", word_relations.same_words),
    DataFile("intents/export/text/alexa.*.yaml", "outside"),
    DataFile("intents/export/text/assist.*.yaml", "outside"),
    DataFile("intents/export/text/dialogflow.*.yaml", "outside"),
    DataFile("skills/alexa/text/*.yaml", "outside"),
    DataFile("skills/assist/text/{locale}.yaml", "outside"),
    DataFile("skills/line/text/{locale}.yaml", "outside", word_relations.same_words),
    DataFile("sip/text/{locale}.yaml", "outside", word_relations.same_words),
    DataFile("ivr/text/{locale}.yaml", "outside"),
    DataFile("sip/clips.yaml", "outside"),
)


def check_all(root: Path = ROOT) -> Iterator[Fault]:
    """The mistakes of all data files below `root`, file by file."""
    for file in FILES:
        yield from file.check(root)
