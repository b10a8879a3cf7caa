"""How each language joins, parts and dates what is said: `grammars/<locale>.yaml`, read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shared.hours import DayPart
from shared.locales import tables


@dataclass(frozen=True, slots=True)
class Naming:
    """Weights of the evidence that something is named, in log-odds; fitted by `bench.naming`."""

    ratio: float
    """a unit of the best mention's log-likelihood ratio, at most PLAIN_RATIO"""
    chance: float
    """a unit of the resolver's log-odds that anything is named"""
    words: float
    """a unit of the classifier's log-odds that something is named"""
    wish: float
    """a unit of its log-odds of the likeliest wish that no name belongs to"""
    bias: float
    kinds: Mapping[str, float]
    """`Meant` → what is added where such a name was found; 0 for a district"""
    score: float = 0.0
    """how likely the best candidate is, 0 to 1"""


@dataclass(frozen=True, slots=True)
class Fit:
    """What the classifier is fitted to (nlu/corpus.py)."""

    of_a_template: int
    """sentences drawn of one template at most: one with many brackets does not drown others"""
    joined: int
    """utterances of several parts; where whole templates are many, more"""
    joints: tuple[str, ...]
    """what stands between two parts, each as often as it is listed"""


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language."""

    sides: str
    """a pattern of what stands between the sides of a comparison"""
    compares: re.Pattern[str]
    """what compares two that are named: 「板橋跟土城哪裡的小孩口罩比較多」"""
    wishes: re.Pattern[str]
    """where a wish may begin in a clause: behind a question, before "and" or "but" and two words"""
    naming: Naming
    bare: Naming
    """the same where nothing stands around the name, so that no words tell that one does"""
    plain: Mapping[str, str]
    """`MentionKind` → a name that the classifier knows for such, to stand for one that was
    misheard; {} where names are not read by their sound"""
    instead: re.Pattern[str]
    """what tells that a pharmacy is wanted, and not a health centre"""
    beside: re.Pattern[str]
    """what leads from a place to the one meant, behind a denial: 「不是三民，是三民的隔壁苓雅」"""
    taken_back: re.Pattern[str]
    """what takes back all before it: 「士林，啊不對，是樹林」, 「鳳山賣完的話，鳥松呢」"""
    denied_behind: re.Pattern[str]
    """what denies all behind it: 「是樹林不是士林」"""
    only: re.Pattern[str]
    """what is said of a place where nothing else will do: 「豐原以外的不要」"""
    days: Mapping[str, int]
    """a day's word → days from today, the longest first; Mandarin has a reader of its own"""
    weekdays: tuple[str, ...]
    """from Monday on"""
    date: re.Pattern[str]
    """a date: month, day"""
    months: tuple[str, ...]
    """their names; () where they are numbers"""
    clock: re.Pattern[str]
    """an hour of the day: hour, minute; late: of the afternoon; open: it may be of either half"""
    parts: Mapping[re.Pattern[str], DayPart]
    """a pattern → the part of the day that it tells"""
    no_ends: re.Pattern[str]
    """what holds a word for the end of an id and tells of none: "do masks even help\""""
    people: re.Pattern[str]
    """what tells something of people, whose word names no product then: "the kids are coughing\""""
    which: re.Pattern[str]
    """what asks beside a time for any pharmacy that is open then, or sells: 「哪一家晚上有開」"""
    past: re.Pattern[str]
    """what tells beside a time what happened then: 「七點去排都沒有」"""
    where: re.Pattern[str]
    """what asks beside a day where one can buy, and not who may: "anywhere I can buy on Sunday\""""
    usual: Mapping[re.Pattern[str], str]
    """a pattern → as it is written most: 齁 → 喔, 妳 → 你"""
    section: re.Pattern[str]
    """the section of a road and no more, its number by that name: 「三段呢」"""
    this_one: re.Pattern[str]
    """what names the pharmacy just told of"""
    what_time: re.Pattern[str]
    """what asks for an hour: 「晚上開到幾點」"""
    nth: tuple[re.Pattern[str], ...]
    """what names the first, the second, the third pharmacy that was told of"""
    day_alone: re.Pattern[str]
    """a day or an hour and no more, which continues the question before it: 「那星期六呢」"""
    place_alone: re.Pattern[str]
    """a place and no more, which asks the question before it of that one: 「那信義區呢」"""
    city_or_county: tuple[re.Pattern[str], ...]
    """what answers 「市還是縣？」: the city, the county"""
    least: str
    """a pattern of how many are wanted at least, with {number} where the number stands"""
    in_stock: re.Pattern[str]
    """what asks whether there are any: 「有小孩的嗎」, and not how many one may buy"""
    region: re.Pattern[str]
    """a part of the country, larger than a county: 「北部」"""
    nearest: re.Pattern[str]
    """what tells that it is to be near the caller, and not near the pharmacy just told of"""
    shops: re.Pattern[str]
    """of how many pharmacies at once something is asked, its number by that name; without a number,
    of all that were told of: 「兩家的電話」, 「每一家的電話」"""
    both: re.Pattern[str]
    """what names all products at once: 「兩種都要」"""
    nearer: re.Pattern[str]
    """what asks which of several that were told of is nearer: 「剛剛那家近還是這家近」"""
    metro: re.Pattern[str]
    """what names the metro, and no station of it: 「離捷運站近嗎」"""
    not_any: re.Pattern[str]
    """what asks whether the pharmacy just told of has none: 「沒有嗎」"""
    fewest: re.Pattern[str]
    """what asks for the one with the fewest"""
    without_plates: re.Pattern[str]
    """what asks for a pharmacy that hands out no number plates"""
    that_road: re.Pattern[str]
    """what names the road of the pharmacy just told of: 「同一條路上」"""
    these: re.Pattern[str]
    """what names several that were told of: 「這三家」"""
    which_place: re.Pattern[str]
    """what asks which of several places: 「哪一區」"""
    from_first: re.Pattern[str]
    """what asks for several from the first on: 「前三家」"""
    next_door: re.Pattern[str]
    """what asks for another district, near the one talked about: 「隔壁區」"""
    own_address: re.Pattern[str]
    """what tells where the caller lives, and asks for no pharmacy's address: 「我家地址是」"""
    near: re.Pattern[str]
    """what stands behind a place that something is to be near to: 「那邊」"""
    unlisted: re.Pattern[str]
    """what is near a place of a kind of which no list is known here: 「仁愛國小附近」"""
    misheard: re.Pattern[str]
    """what tells beside a no that something else was asked"""
    offered: Mapping[str, tuple[str, ...]]
    """label of an option → its words, where they are known by their sound; {} where they are not"""
    read_by: str
    """what the classifier reads its texts by: characters and syllables, characters, words"""
    fit: Fit


@cache
def grammar(locale: str) -> Grammar:
    """That of a language that is spoken here."""
    table = tables(__package__, "grammars")[locale]
    return Grammar(
        sides=table["sides"],
        compares=re.compile(table.get("compares", "(?!)")),
        wishes=re.compile(table["wishes"], re.IGNORECASE),
        naming=Naming(**table["naming"]),
        bare=Naming(**table.get("bare", table["naming"])),
        plain=table.get("plain", {}),
        instead=re.compile(table.get("instead", "(?!)")),
        beside=re.compile(table.get("beside", "(?!)")),
        taken_back=re.compile(table["taken_back"], re.IGNORECASE),
        denied_behind=re.compile(table.get("denied_behind", "(?!)")),
        only=re.compile(table.get("only", "(?!)")),
        days=table.get("days", {}),
        weekdays=tuple(table.get("weekdays", ())),
        date=re.compile(table["date"]),
        months=tuple(table.get("months", ())),
        clock=re.compile(table.get("clock", "(?!)")),
        parts={re.compile(word): DayPart(part) for word, part in table["parts"].items()},
        no_ends=re.compile(table.get("no_ends", "(?!)")),
        people=re.compile(table.get("people", "(?!)"), re.IGNORECASE),
        which=re.compile(table["which"], re.IGNORECASE),
        past=re.compile(table["past"], re.IGNORECASE),
        where=re.compile(table["where"], re.IGNORECASE),
        usual={re.compile(word): usual for word, usual in table.get("usual", {}).items()},
        section=re.compile(table["section"], re.IGNORECASE),
        this_one=re.compile(table["this_one"], re.IGNORECASE),
        what_time=re.compile(table["what_time"], re.IGNORECASE),
        nth=_patterns(table["nth"]),
        day_alone=re.compile(table["day_alone"], re.IGNORECASE),
        place_alone=re.compile(table["place_alone"], re.IGNORECASE),
        city_or_county=_patterns(table["city_or_county"]),
        least=table["least"],
        in_stock=re.compile(table["in_stock"], re.IGNORECASE),
        region=re.compile(table["region"], re.IGNORECASE),
        shops=re.compile(table.get("shops", "(?!)")),
        both=re.compile(table.get("both", "(?!)")),
        nearer=re.compile(table.get("nearer", "(?!)")),
        metro=re.compile(table.get("metro", "(?!)")),
        not_any=re.compile(table.get("not_any", "(?!)")),
        fewest=re.compile(table.get("fewest", "(?!)")),
        without_plates=re.compile(table.get("without_plates", "(?!)")),
        that_road=re.compile(table.get("that_road", "(?!)")),
        these=re.compile(table["these"], re.IGNORECASE),
        which_place=re.compile(table["which_place"], re.IGNORECASE),
        from_first=re.compile(table["from_first"], re.IGNORECASE),
        next_door=re.compile(table["next_door"], re.IGNORECASE),
        own_address=re.compile(table["own_address"], re.IGNORECASE),
        near=re.compile(table["near"], re.IGNORECASE),
        unlisted=re.compile(table["unlisted"], re.IGNORECASE),
        nearest=re.compile(table["nearest"], re.IGNORECASE),
        misheard=re.compile(table["misheard"], re.IGNORECASE),
        offered={label: tuple(words) for label, words in table.get("offered", {}).items()},
        read_by=table["read_by"],
        fit=Fit(**{**table["fit"], "joints": tuple(table["fit"]["joints"])}),
    )


def _patterns(texts: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)
