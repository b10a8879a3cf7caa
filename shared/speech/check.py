"""Every fault in the sentences at once: missing keys, unknown blanks, forbidden words."""

import re
from string import Formatter

from shared.errors import DataError
from shared.speech.texts import Texts, locales, texts

_DIGITS = re.compile(r"\d")

_NOT_SAID_IN_TAIWAN = (
    "视频",
    "視頻",
    "信息",
    "質量",
    "軟件",
    "短信",
    "社區衛生服務",
    "查詢結果",
    "您好啊",
)
"""Words of another country or of an office."""

_LONGEST = 60
"""Characters of one sentence: what an elder takes in at once."""


def check_texts() -> list[str]:
    """The faults of all locales, a line each; [] when there are none. zh-TW is the measure."""
    faults: list[str] = []
    try:
        measure = texts("zh-TW")
    except DataError as problem:
        return [str(problem)]
    for locale in locales():
        try:
            faults += _check_locale(locale, texts(locale), measure)
        except DataError as problem:
            faults.append(str(problem))
    return faults


def _check_locale(locale: str, lines: Texts, measure: Texts) -> list[str]:
    faults = [f"{locale}.yaml: {key} is missing" for key in measure if key not in lines]
    faults += [f"{locale}.yaml: {key} is unknown" for key in lines if key not in measure]
    for key, sentences in lines.items():
        wanted = _blanks(measure.get(key, ()))
        for sentence in sentences:
            place = f"{locale}.yaml: {key}: {sentence!r}"
            faults += [f"{place}: unknown blank {{{name}}}" for name in _unknown(sentence, wanted)]
            if locale == "zh-TW":
                faults += _check_mandarin(place, sentence)
    return faults


def _blanks(sentences: tuple[str, ...]) -> set[str]:
    return {name for sentence in sentences for name in _names(sentence)}


def _names(sentence: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        return {"(a bracket is not closed)"}


def _unknown(sentence: str, wanted: set[str]) -> list[str]:
    names = _names(sentence)
    return sorted(names - wanted) + [name for name in names if name.startswith("(")]


def _check_mandarin(place: str, sentence: str) -> list[str]:
    faults = [f"{place}: say not {word}" for word in _NOT_SAID_IN_TAIWAN if word in sentence]
    if _DIGITS.search(sentence):
        faults.append(f"{place}: write digits as characters")
    if len(sentence) > _LONGEST:
        faults.append(f"{place}: longer than {_LONGEST} characters")
    return faults
