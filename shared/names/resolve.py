"""Utterance → which place or pharmacy was meant: sure, ask, or nothing."""

from array import array
from dataclasses import replace

from shared.names.background import Around
from shared.names.called_alike import in_its_county, which_place
from shared.names.chains import (
    ForeignChain,
    decide_chain,
    find_chain,
    find_foreign,
    is_chain,
    is_own_shop,
    is_shop,
)
from shared.names.decision import SURE, decide
from shared.names.everyday import is_everyday
from shared.names.exact import said_once, which_county, written_pharmacy, written_place
from shared.names.finding import Finding, UtteranceForms, finding_of, kinds_of
from shared.names.health_centres import decide_centre, find_centre
from shared.names.index import NameIndex
from shared.names.japanese_text import as_written, is_japanese
from shared.names.likelihood import likelihoods
from shared.names.local_names import local_name
from shared.names.offered import among_offered
from shared.names.posterior import Posterior
from shared.names.prior import Prior, prior_of
from shared.names.resolution import SHOWN, Hints, Meant, Mention, MentionKind, Resolution
from shared.names.road_beside import place_without_shops, road_as_written, without_road
from shared.names.similarity import Alignments
from shared.names.sought import sought_in_vain
from shared.names.spelled import spelled_name
from shared.names.stated import Stated, decide_stated
from shared.names.transcript import Transcript, by_code, traditional, transcribe

NO_HINTS = Hints()


def resolve(heard: str, index: NameIndex, hints: Hints = NO_HINTS) -> Resolution:
    """The places and pharmacies that `heard` names. Any text is answered, and in milliseconds."""
    if coded := by_code(heard):
        names = tuple(district.key for district in coded[:SHOWN])
        mention = Mention(0, len(heard), MentionKind.POSTAL_CODE, names, _CODE)
        return decide_stated(heard, Stated(Meant.DISTRICT, mention, coded))
    heard = as_written(heard) if is_japanese(heard) else said_once(heard)
    written = written_pharmacy(heard, index.catalog, hints)
    if written and not any(map(is_chain, written.mention.candidates)):
        return decide_stated(heard, written)
    transcript = transcribe(heard)
    if is_everyday(transcript.sounds):
        return Resolution(heard)
    found = which_county(_named(transcript, index, hints), transcript.sounds, hints)
    if found.meant is Meant.ROAD and (beside := without_road(found)):
        found = place_without_shops(found, _named(transcribe(beside), index, hints))
    found = sought_in_vain(road_as_written(found, index, hints), index, hints)
    return local_name(which_place(in_its_county(found), hints), hints)


_CODE = 12.0  # log-likelihood ratio of a postal code: three digits and no more


def _named(transcript: Transcript, index: NameIndex, hints: Hints) -> Resolution:
    heard = transcript.text
    if chosen := among_offered(heard, hints):
        return decide_stated(heard, chosen)
    if centre := find_centre(heard, transcript.sounds):
        found = _weighed(transcript, index, hints)
        beside = transcript.without(centre.start, centre.end)
        place = _weighed(beside, index, hints)
        if written := written_place(centre.text_beside, hints):
            place = decide_stated(centre.text_beside, written, place.districts)
        return decide_centre(found, place, index.catalog)
    if foreign := find_foreign(heard):
        return _of_foreign(foreign, heard, index, hints)
    found = _weighed(transcript, index, hints)
    if chain := find_chain(transcript, found, SURE["name"], hints.of_chain):
        place = _weighed(transcript.without(chain.start, chain.end), index, hints)
        return decide_chain(found, place, chain.chain, index.catalog, hints, written=chain.written)
    stated = written_place(heard, hints)
    return decide_stated(heard, stated, found.districts) if stated else found


_PLACES = (Meant.COUNTY, Meant.DISTRICT, Meant.LANDMARK, Meant.ROAD)


def _of_foreign(foreign: ForeignChain, heard: str, index: NameIndex, hints: Hints) -> Resolution:
    """Of a chain by its name in another language: its shop of that name, or any in that place."""
    found = _weighed(transcribe(foreign.romanised), index, hints)
    if is_own_shop(found, foreign.chain):
        return replace(found, heard=heard)
    place = _weighed(transcribe(foreign.beside), index, hints)
    if written := written_place(foreign.beside, hints):
        place = decide_stated(foreign.beside, written, place.districts)
    if found.sure and place.meant not in _PLACES and is_shop(found, foreign.chain):
        return replace(found, heard=heard, chain=foreign.chain.named)
    return decide_chain(
        replace(found, heard=heard), place, foreign.chain, index.catalog, hints, written=True
    )


def _weighed(transcript: Transcript, index: NameIndex, hints: Hints) -> Resolution:
    found = _heard(transcript, index, hints)
    if found is None:
        return Resolution(transcript.text)
    heard, posterior, prior = found
    decided = decide(heard, posterior, index, prior)
    if not transcript.at and (spelled := spelled_name(decided, transcript, index.catalog, hints)):
        return decide_stated(transcript.text, spelled)
    return decided


def best_finding(heard: str, index: NameIndex) -> tuple[Meant, Finding] | None:
    """The best finding in `heard`, for the calibration."""
    found = _heard(transcribe(heard), index, NO_HINTS)
    if found is None:
        return None
    forms, posterior, _ = found
    meant = kinds_of(posterior)[0]
    return meant, finding_of(meant, forms, posterior, index)


def _heard(
    transcript: Transcript, index: NameIndex, hints: Hints
) -> tuple[UtteranceForms, Posterior, Prior] | None:
    """What was heard and its posterior; None where nothing in it can be read aloud."""
    if not transcript.sounds:
        return None
    sounds = index.tables.heard(transcript.sounds)
    text = traditional(transcript.text)
    prior = prior_of(text, hints, index)
    around = _around(transcript, index)
    close = Alignments(sounds, index.tables, index.inventory)
    heard = UtteranceForms(transcript, close, around, prior.written_places)
    return heard, likelihoods(sounds, around, index, prior), prior


def _around(transcript: Transcript, index: NameIndex) -> Around:
    """How well everyday words explain what is heard; not at all in English, nor beside kana."""
    sounds = transcript.sounds
    if not transcript.at:
        none = array("f", bytes(4 * (len(sounds) + 1)))
        return Around(none, none, none)
    return index.background.around(sounds)
