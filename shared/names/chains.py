"""Chains of pharmacies: 「士林的躍獅」 asks for any of their shops there.

A shop's own name (躍獅忠誠藥局) is found as every pharmacy's is; that of the chain alone narrows
what is looked for in a place, as the word for a health centre does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import yaml

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.resolution import SHOWN, Hints, Meant, PharmacyMatch, Resolution
from shared.names.stated import STATED, settle
from shared.names.transcript import Transcript
from shared.phonetics.kana import pinyin_of


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain, as `chains.yaml` has it."""

    said: tuple[str, ...]
    """what people call it"""
    named: str
    """what stands in the names of its shops, and its key"""
    word: bool = False
    """that is an everyday word or a place too"""
    english: str = ""
    """what stands on their signs in Latin letters; "" where that is its romanised name"""
    foreign: tuple[str, ...] = ()
    """what it is called in other languages, in small letters or kana"""

    @property
    def name(self) -> str:
        """What we call it: 躍獅藥局."""
        return self.said[-1]

    def runs(self, pharmacy: Pharmacy) -> bool:
        """Whether `pharmacy` is one of its shops."""
        return self.named in pharmacy.name and pharmacy.kind is Kind.PHARMACY


@cache
def chains() -> Mapping[str, Chain]:
    """Every chain by what stands in the names of its shops."""
    text = resources.files(__package__).joinpath("chains.yaml").read_text(encoding="utf-8")
    records = yaml.safe_load(text)
    lists = ("said", "foreign")
    known = [Chain(**{**one, **{key: tuple(one.get(key, ())) for key in lists}}) for one in records]
    return {chain.named: chain for chain in known}


@dataclass(frozen=True, slots=True)
class ChainHeard:
    """A chain in what was heard."""

    chain: Chain
    start: int
    end: int
    """its first sound and the one after its last"""
    written: bool
    """it stands there character by character"""
    counted: bool = False
    """what counts shops stands before it: 「幾家大樹」"""


def find_chain(
    transcript: Transcript, found: Resolution, least: float, of_chain: bool = False
) -> ChainHeard | None:
    """The chain that is named by no shop's own name: as it is written, or misheard where `found`,
    the answer without chains, holds it for likelier than `least`; `of_chain`: a chain was asked for
    just before."""
    shop = found.pharmacy if found.meant is Meant.PHARMACY and found.sure else None
    own = shop if shop and not is_chain(shop.name) else None
    if heard := _as_written(transcript, of_chain):
        return None if own and heard.chain.runs(own) and not heard.counted else heard
    return None if own else _misheard(transcript, found, least)


def _as_written(transcript: Transcript, of_chain: bool) -> ChainHeard | None:
    """The longest name of a chain that stands there, with its 藥局."""
    text = "".join(transcript.text[place] for place in transcript.at)
    for name, chain in _longest_first():
        start = text.find(name)
        if start < 0:
            continue
        end = start + len(name)
        shop = text.startswith(_SHOP, end)
        counted = text[:start].endswith(_COUNTERS)
        if shop or counted or _is_clear(name) or (of_chain and not text.startswith("區", end)):
            end += len(_SHOP) * shop
            return ChainHeard(chain, start, end, written=True, counted=counted)
    return None


def _misheard(transcript: Transcript, found: Resolution, least: float) -> ChainHeard | None:
    if found.meant is not Meant.PHARMACY or not transcript.at:
        return None
    if found.pharmacies[0].score * found.heard_well < least:
        return None
    for mention in found.mentions:
        chain = _by_said().get(name := mention.candidates[0])
        if chain and _is_clear(name):
            inside = [i for i, at in enumerate(transcript.at) if mention.start <= at < mention.end]
            return ChainHeard(chain, inside[0], inside[-1] + 1, written=False)
    return None


def decide_chain(
    found: Resolution,
    place: Resolution,
    chain: Chain,
    catalog: Catalog,
    hints: Hints,
    *,
    written: bool,
) -> Resolution:
    """What is meant by a question for a `chain`, character by character where it is `written`;
    `place`: what was heard beside.

    Its one shop there, or near the caller; else the place, if there is one, and that the chain is
    wanted; of a chain that sells nothing here the place alone.
    """
    shops = [one for one in catalog.pharmacies if chain.runs(one)]
    if not shops:  # 屈臣氏 sells none on the card
        return replace(place, heard=found.heard)
    if place.meant is Meant.DISTRICT and place.sure:
        best = place.districts[0]
        there = [one for one in shops if one.district == best.district]
        if len(there) == 1:
            match = PharmacyMatch(there[0], best.score)
            shop = replace(place, meant=Meant.PHARMACY, pharmacies=(match,))
            return replace(shop, heard=found.heard, chain=chain.named)
    if place.meant in (Meant.COUNTY, Meant.DISTRICT, Meant.LANDMARK, Meant.ROAD):
        return replace(place, heard=found.heard, chain=chain.named, pharmacies=())
    where = set(settle([one.district for one in shops], hints))
    near = [one for one in shops if one.district in where]
    near.sort(key=lambda shop: shop.name not in found.heard)  # 大樹藥局 is one of them
    options = tuple(PharmacyMatch(one, STATED / len(near)) for one in near)
    return Resolution(
        found.heard,
        Meant.PHARMACY,
        pharmacies=options[:SHOWN],
        chain=chain.named,
        sure=len(near) == 1,
        namesakes=len(near),
        named=STATED,
        mentions=found.mentions,
        written=written,
    )


@dataclass(frozen=True, slots=True)
class ForeignChain:
    """A chain that was named in another language: "the Great Tree in Wenshan"."""

    chain: Chain
    romanised: str
    """the utterance with its romanised name in that place (the dashu pharmacy in Wenshan)"""
    beside: str
    """the utterance without it (the in Wenshan)"""


def find_foreign(heard: str) -> ForeignChain | None:
    """The chain that `heard` names as other languages do; None for none."""
    text = heard.casefold()
    met = _foreign().search(text)
    if met is None:
        return None
    name = met[1] or met[3]
    chain = _by_foreign()[name.replace("pharmacies", "pharmacy")]
    parts = text[: met.start()], text[met.end() :]
    if not name.isascii():
        return ForeignChain(chain, chain.name.join(parts), "".join(parts))
    read = "".join(pinyin_of(chain.named)) + (met[2] or "")
    return ForeignChain(chain, read.join(parts), " ".join(parts))


@cache
def _foreign() -> re.Pattern[str]:
    """Any of these names with its pharmacy; the longest first."""
    names = sorted(_by_foreign(), key=len, reverse=True)
    latin = "|".join(name for name in names if name.isascii())
    latin = latin.replace("pharmacy", "pharmac(?:y|ies)")
    kana = "|".join(name for name in names if not name.isascii())
    return re.compile(rf"\b(?:({latin})(?:'?s)?({_SELLER})?)\b|({kana}){_SELLER_JA}")


_SELLER = " (?:pharmacy|pharmacies|drug ?stores?|chemists?|stores?|shops?|branch|ones?)"
_SELLER_JA = "(?:薬局|ドラッグストア)?"


@cache
def _by_foreign() -> Mapping[str, Chain]:
    return {name: chain for chain in chains().values() for name in chain.foreign}


def is_own_shop(found: Resolution, chain: Chain) -> bool:
    """Whether `found` is surely a shop of `chain` by a name that is no place's: 大樹興隆藥局."""
    if not found.sure or not is_shop(found, chain):
        return False
    shop = found.pharmacy
    place = shop.district.short
    return shop.name.replace(_SHOP, "").replace(chain.named, "").replace(place, "") != ""


def is_shop(found: Resolution, chain: Chain) -> bool:
    """Whether the best of `found` is a shop of `chain`."""
    return found.meant is Meant.PHARMACY and chain.runs(found.pharmacy)


def is_chain(name: str) -> bool:
    """Whether a chain goes by exactly this `name`, whichever pharmacies do."""
    return name in _by_said()


def _is_clear(name: str) -> bool:
    """Whether a chain's `name` is no other word: not 全國 without its 藥局."""
    chain = _by_said()[name]
    return not chain.word or name != chain.named


_SHOP = "藥局"
_COUNTERS = ("家", "間")
"""What counts shops: 「幾家大樹」 asks for no district."""


@cache
def _by_said() -> Mapping[str, Chain]:
    return {name: chain for chain in chains().values() for name in chain.said}


@cache
def _longest_first() -> tuple[tuple[str, Chain], ...]:
    return tuple(sorted(_by_said().items(), key=lambda one: -len(one[0])))
