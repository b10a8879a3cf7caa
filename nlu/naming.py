"""Whether something in an utterance names a place or a pharmacy, and which part names it best.

The resolver finds the best name in any words; most of what people say names none. Its evidence,
and what the words around tell, are weighed together.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from functools import cache

from nlu.evidence import Evidence
from nlu.grammar import Naming, grammar
from nlu.model import NAMED, Classification
from nlu.negation import clauses
from shared.dialog.acts import (
    ABOUT_A_PHARMACY,
    Intent,
    TakeDistrict,
    TakePharmacy,
    read_label,
)
from shared.dialog.doubtful import candidates
from shared.dialog.values import State
from shared.names.exact import is_written_place
from shared.names.index import NameIndex
from shared.names.resolution import (
    Meant,
    Resolution,
)
from shared.names.transcript import transcribe
from shared.places.districts import District, all_districts, by_key
from shared.places.telephone_numbers import counties_of

QUESTIONS = frozenset(
    {
        Intent.ASK,
        Intent.HOWMANY,
        Intent.TOTAL,
        Intent.MOST,
        Intent.MORE,
        Intent.COMPARE,
        Intent.LEFT,
        Intent.NEARBY,
        Intent.NEARER,
        Intent.NEXT,
        Intent.LIST,
        Intent.CHILD,
        Intent.ADULT,
        *ABOUT_A_PHARMACY,
    }
)
"""Acts that a name belongs to."""

SHORT = 12
"""Characters of an utterance that is one clause, however it is cut."""

MOST_PARTS = 6
"""So many parts of an utterance are looked at."""

DENIED = 0.5
"""What a denial names must be as likely as this."""

COUNTY = 0.7
"""A county bears no score; the resolver names one alone only where nothing in it is likelier."""

PLAIN_RATIO = 40.0
"""Beyond this a clearer name proves nothing more."""


class Doubt(Enum):
    """How much speaks for a name that could not be heard."""

    NONE = 0
    WEAK = 1
    STRONG = 2


LIKELY = -2.5
"""Log-odds from which a name was misheard rather than a wish that is only likely."""

PERHAPS, PERHAPS_BY_WORDS = -4.5, 0.4
"""Log-odds and chance by the words from which a name may have been misheard in a question: so 18 of
36 misheard questions without a place, and 22 of 208 everyday ones, most of which tell a place that
is none of ours (「夜市那條巷子剩幾片」)."""

BARE, ALONE = 6, 0.8
"""Characters of a bare name at most, and the share of them that it takes."""

_AWAITED = 3.0
"""Log-odds more where the line has just asked for a place: of what is said to it some nine in ten
name one, of what is said at all some three in ten."""

KEPT = -6.0
"""Log-odds from which what may have been named is kept for the next turn: of 37 misheard names that
were not offered 26 lie above it, 22 of them right."""

ASKED = -4.0
"""Log-odds from which what may have been named is asked about where the place would be asked for
otherwise: of 248 spoken names 17 are then asked about at once, 14 rightly; of 2,141 everyday
sentences without a name, in which 「請問您在哪一區」 or 「沒聽懂」 would be the answer, 59."""

_AGAIN = 2.5
"""Log-odds more of what was found in the turn before already."""

_AREA, _ELSEWHERE = 3.0, -1.0
"""Log-odds more of a name that lies where the caller rings from, by the score of what does; and
where nothing found does. What is no name sounds like one anywhere in the country. Fitted to spoken
rows, four in five told to ring from their county, they are 6.2 and -3.8: but who looks after her
parents rings from another. Of 102 misheard questions with a place, held out of the fit, it finds 68
instead of 60; of 2,141 everyday sentences 10 instead of 7 pass, from Taipei."""


def named(text: str, evidence: Evidence) -> Resolution | None:
    """What is named: in the whole utterance, else in the part that names something best."""
    if not text:
        return None
    whole = evidence.names(text)
    if _stands_here(whole, evidence.state):
        return replace(whole, sure=True)
    best = whole if is_named(text, evidence) else None
    parts = clauses(text, evidence.locale)
    if best and (best.sure or (len(text) < SHORT and not _is_part_plainer(best, parts))):
        return _not_sure_alone(_sure_by_letters(best), evidence)
    for part in parts[:MOST_PARTS] if len(parts) > 1 else ():
        found = evidence.names(part)
        if (best is None or chance(found) > chance(best)) and is_named(part, evidence):
            best = found
    return _sure_by_letters(best) if best else None


def _stands_here(names: Resolution, state: State) -> bool:
    """Whether a landmark of the district that is talked about stands written: 「哪一家離北大近」
    after 三峽, where the words alone would tell of no name."""
    if names.meant is not Meant.LANDMARK or len(names.landmarks) > 1:
        return False
    mark = names.landmark
    return mark.district.key == state.place and any(one in names.heard for one in mark.spoken)


def _is_part_plainer(best: Resolution, parts: Sequence[str]) -> bool:
    """Whether a part alone is a place in full, where the whole names none surely: 「前鎮 草衙」."""
    return best.meant is not Meant.PHARMACY and len(parts) > 1 and any(map(is_written_place, parts))


RIVAL = 0.1
"""Another district must be less likely than this where one stands written that is alone of its
name."""


def _sure_by_letters(names: Resolution) -> Resolution:
    """`names`, sure where a place stands written that none other is called like: 「頭份郵局」.

    A part of town beside its district too: 「內湖東湖那邊」.
    """
    if names.sure or names.meant not in (Meant.DISTRICT, Meant.LANDMARK) or not names.districts:
        return names
    district, rivals = names.district, names.districts[1:]
    if any(one.score > RIVAL for one in rivals):
        return names
    if _is_spelled_beside(names):
        return replace(names, sure=True)
    if district.short in _namesakes():
        return names
    if names.meant is Meant.DISTRICT:
        return replace(names, sure=names.written)
    spoken = [name for one in names.landmarks for name in one.spoken if name in names.heard]
    beside = any(district.short in names.heard.replace(name, " ") for name in spoken)
    return replace(names, sure=beside and len(names.landmarks) == 1)


def _is_spelled_beside(names: Resolution) -> bool:
    """Whether a landmark stands there in Latin letters, with its district."""
    spelled = transcribe(names.heard).spelled
    here = names.district.short in spelled and len(names.landmarks) == 1
    return here and bool(set(names.landmark.spoken).intersection(spelled))


@cache
def _namesakes() -> frozenset[str]:
    """What several districts are called, however they end: 大安, 東, 信義."""
    names = Counter(one.short for one in all_districts())
    return frozenset(name for name, count in names.items() if count > 1)


def _not_sure_alone(names: Resolution, evidence: Evidence) -> Resolution:
    """`names`, to be asked about where only its being said alone tells that it is one: 「五穀」."""
    if names.written or is_written_place(names.heard) or not _is_bare(names):
        return names
    weights = grammar(evidence.locale).naming
    if _weighed(names, evidence.reading(names.heard), weights) > 0 or _awaits(evidence.state):
        return names
    return replace(names, sure=False)


def denied(text: str, evidence: Evidence) -> Resolution | None:
    """What is named in the denial `text`."""
    if not text:
        return None
    found = evidence.names(text)
    return found if found.meant is not Meant.NOTHING and chance(found) > DENIED else None


def is_named(text: str, evidence: Evidence) -> bool:
    """Whether something in `text` names what was found, by its sound and by the words around."""
    names = evidence.names(text)
    if names.meant is Meant.NOTHING:
        return False
    if is_written_place(text) or (names.written and (names.sure or names.chain)):
        return True
    if names.meant is Meant.COUNTY:
        return names.sure or _is_written(names, names.heard)
    if odds(names, evidence.reading(text), evidence.state) > 0:
        return True
    return names.sure and names.meant is Meant.DISTRICT and _is_spelled(names)


def _is_spelled(names: Resolution) -> bool:
    """Whether the district stands there in Latin letters as no other: "Green Island"."""
    return names.district.short in transcribe(names.heard).spelled


def may_name(text: str, evidence: Evidence) -> Doubt:
    """Whether something in `text` may well be a name that was misheard: too little to offer it,
    enough to say that the place was not heard."""
    names, reading = evidence.names(text), evidence.reading(text)
    weight = -math.inf
    if names.meant is not Meant.NOTHING:
        weight = odds(names, reading, evidence.state)
    if weight > LIKELY:
        return Doubt.STRONG
    by_words = reading.named() > PERHAPS_BY_WORDS
    return Doubt.WEAK if weight > PERHAPS or by_words else Doubt.NONE


def doubtful(text: str, evidence: Evidence) -> Resolution | None:
    """What `text` may name that is too unsure to be offered at once; None for nothing."""
    names = evidence.names(text) if grammar(evidence.locale).plain else Resolution(text)
    if names.meant not in _SCORED:
        return None
    return names if _odds_in(text, evidence) > KEPT else None


def worth_asking(text: str, evidence: Evidence) -> bool:
    """Whether what is `doubtful` in `text` is asked about rather than 「請問您在哪一區？」."""
    return _odds_in(text, evidence) > ASKED


def _odds_in(text: str, evidence: Evidence) -> float:
    return odds(evidence.names(text), evidence.reading(text), evidence.state)


def odds(names: Resolution, reading: Classification, state: State) -> float:
    """The log-odds that something is named, beyond what is asked of it."""
    said = grammar(state.locale)
    ways = (said.naming, said.bare) if _is_bare(names) else (said.naming,)
    best = max(_weighed(names, reading, weights) for weights in ways)
    best += _of_the_area(names, state)
    best += _AGAIN if set(candidates(names)[:1]).intersection(state.doubtful) else 0.0
    return best + (_AWAITED if _awaits(state) else 0.0)


def _of_the_area(names: Resolution, state: State) -> float:
    """The log-odds that what was found lies where the caller rings from, until a place is known."""
    counties = counties_of(state.area_code)
    if state.place or not counties:
        return 0.0
    near = [score for place, score in _matches(names) if place.county in counties]
    return _AREA * sum(near) if near else _ELSEWHERE


def _weighed(names: Resolution, reading: Classification, weights: Naming) -> float:
    ratio, chance_of_any, words, wish = features(names, reading)
    return (
        weights.ratio * ratio
        + weights.chance * chance_of_any
        + weights.words * words
        + weights.wish * wish
        + weights.score * _best_score(names)
        + weights.kinds.get(names.meant, 0.0)
        + weights.bias
    )


def framed(text: str, names: Resolution | None, locale: str) -> str:
    """`text` with a plain name in place of one that was misheard, so that the words around it tell
    what is asked of it: 「本條有嗎」 for 板橋 is no question for other goods."""
    if names is None or names.sure or names.written or not names.mentions:
        return text
    best = max(names.mentions, key=lambda mention: mention.ratio)
    plain = grammar(locale).plain.get(best.kind)
    return text.replace(names.heard[best.start : best.end], plain, 1) if plain else text


def _is_bare(names: Resolution) -> bool:
    """Whether what was heard is hardly more than the name: 「前證」 for 前鎮."""
    length = sum(char.isalnum() for char in names.heard)
    best = max(names.mentions, key=lambda mention: mention.ratio, default=None)
    return best is not None and length <= BARE and best.end - best.start >= ALONE * length


def _best_score(names: Resolution) -> float:
    """The score of the first candidate of what is meant; even for a county or a landmark. Of a
    chain any shop will do."""
    if names.chain:
        return names.named
    found = _matches(names)
    return found[0][1] if found and names.meant in _SCORED else 0.5


_SCORED = (Meant.DISTRICT, Meant.PHARMACY, Meant.ROAD)


def _matches(names: Resolution) -> Sequence[tuple[District, float]]:
    """Where the candidates of what is meant lie, best first, and how far each is relied on."""
    match names.meant:
        case Meant.PHARMACY:
            found = [(one.pharmacy.district, one.score) for one in names.pharmacies]
        case Meant.ROAD:
            found = [(one.district, one.score) for one in names.roads]
        case _:
            found = [(one.district, one.score) for one in names.districts]
    return [(place, score * names.heard_well) for place, score in found]


def features(names: Resolution, reading: Classification) -> tuple[float, float, float, float]:
    """What is weighed, in the order of `grammar.Naming`; all but the first in log-odds."""
    ratio = max((mention.ratio for mention in names.mentions), default=0.0)
    return (
        min(ratio, PLAIN_RATIO),
        _logit(names.named),
        _logit(reading.named()),
        _logit(_other_wish(reading)),
    )


def _other_wish(reading: Classification) -> float:
    """How likely the likeliest wish is that no name belongs to."""
    return max(map(reading.told.__getitem__, _others(reading.labels)))


@cache
def _others(labels: tuple[str, ...]) -> tuple[int, ...]:
    """The places among `labels` of the wishes that no name belongs to."""
    wishes = (place for place, label in enumerate(labels) if label != NAMED)
    return tuple(place for place in wishes if read_label(labels[place])[0] not in QUESTIONS)


def _awaits(state: State) -> bool:
    """Whether the line has just asked for a place, or did not understand and asked for one."""
    if state.unheard:
        return not state.options
    return state.asks_for_place


def chance(names: Resolution) -> float:
    """How likely any place or pharmacy was named."""
    if names.meant is Meant.NOTHING:
        return 0.0
    # Namesakes share their chance: 大安區 is one of two, and surely a district.
    sums = {
        Meant.DISTRICT: sum(match.score for match in names.districts),
        Meant.PHARMACY: sum(match.score for match in names.pharmacies),
        Meant.ROAD: sum(match.score for match in names.roads),
    }
    meant = Meant.DISTRICT if names.meant is Meant.LANDMARK else names.meant
    if meant in sums:
        sums[meant] *= names.heard_well
    county = COUNTY if names.meant is Meant.COUNTY else 0.0
    return max(*sums.values(), county, 1.0 if names.sure else 0.0)


def _is_written(names: Resolution, text: str) -> bool:
    """Whether the county, which bears no confidence, stands in `text`: 「中間那個」 is no 台中."""
    counties = (names.county,) if names.county else names.counties
    plain = text.replace("臺", "台").casefold()
    return any(
        one.name[:2] in plain or one.english.split()[0].casefold() in plain for one in counties
    )


def was_told(names: Resolution, state: State, index: NameIndex) -> bool:
    """Whether what was named is what was just told of, or offered."""
    places = {state.place, *(one.place for one in state.options if isinstance(one, TakeDistrict))}
    if names.meant is Meant.PHARMACY:
        shops = {*state.told, *(o.id for o in state.options if isinstance(o, TakePharmacy))}
        known = (index.catalog.by_id.get(one) for one in shops)
        called = {one.name for one in known if one}
        return any(match.pharmacy.name in called for match in names.pharmacies)
    if names.meant is Meant.COUNTY:
        told = [by_key()[key] for key in places if key in by_key()]
        return any(one.county in (names.county, *names.counties) for one in told)
    best = names.district.key if names.districts else ""
    return bool(best) and best in places


def _logit(p: float) -> float:
    """Log-odds of `p`, at most some 7 either way."""
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))
