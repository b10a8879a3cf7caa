"""What a caller wants: a command, or a question with a place or a pharmacy in it.

heard ─┬→ commands (by sound) ──┬→ whichever is likelier ─→ intent, product, wants, resolution
       └→ shared.names.resolve ─┘
"""

from dataclasses import replace

from nlu.by_sound import LEAD
from nlu.commands import commands, is_noise
from nlu.denials import clauses, was_told, without_denied
from nlu.details import asked_of_rules, product_in, wanted_of_pharmacy
from nlu.matching import Command
from shared.dialog.values import Intent, State, Turn
from shared.names.exact import is_written_place
from shared.names.index import NameIndex
from shared.names.resolution import Hints, Meant, Resolution
from shared.names.resolve import resolve
from shared.places.districts import all_districts, by_key
from shared.places.landmarks import landmark_named

# A command that costs no more than this is taken without looking for names: a homophone or two.
_CERTAIN = 0.1
# What may stay unexplained (in syllables) of a command, and how alike it must be. On
# tests/nlu/misheard_commands.yaml all right ones cost under 0.9 and score over 0.7.
_MOST = 1.0
_LEAST_SCORE = 0.68
# With more than this unexplained it must also lead: 「屈臣氏」 is 接真人 at 0.87 and 接這間 at
# 0.91, so it is neither; 「我要找精神」 is 我要找人 at 0.87 and the next intent at 1.06.
_PLAIN = 0.4
# 「…還有口罩嗎」 whose place was lost looks like 「附近還有口罩嗎」 with one syllable wrong, so a
# sentence that is mostly such words must fit better.
_MOST_OF_STOCK = 0.5
_STOCK_WORD = "口罩"
# A command's chance of being right falls by this for each syllable that it leaves unexplained. Of
# the spoken rows whose best command leaves 0.77 to 0.9, names are likely by 0.73 or more where a
# name was said, and by 0.54 or less where a command was: at 0.45 both lie well apart.
_DOUBT = 0.45
# Of 418 audible spoken questions, none that was resolved rightly stayed under this; most of what is
# under it had no trace of a name left (`bench.commands`).
_LEAST_CHANCE = 0.1
# A county bears no score; the resolver names one alone only where nothing in it is likelier.
_COUNTY = 0.7

# Commands that end the call, send to 119, delete something or change the language: to be heard
# well: 「我跌倒了」 sounds like 我知道了 and must not hang up.
_NOT_BY_CHANCE = (
    Intent.STOP,
    Intent.EMERGENCY,
    Intent.FORGET,
    Intent.ENGLISH,
    Intent.JAPANESE,
    Intent.MANDARIN,
)

_CHOICES = (Intent.CHOOSE1, Intent.CHOOSE2, Intent.CHOOSE3)
_ABOUT_A_PHARMACY = (Intent.ADDRESS, Intent.PHONE, Intent.HOURS)


_NAMED = 0.5
"""A name likelier than this is not given up for a command in the rest: 「…相，小朋友的口罩」 lies
at 0.85 and more, people who think aloud under 0.35."""


def understand(turn: Turn, state: State, index: NameIndex) -> Turn:
    """As `_understood`, with the part of the rules that is asked for."""
    understood = _understood(turn, state, index)
    if understood.intent is not Intent.RULES or not turn.heard:
        return understood
    about, ends = asked_of_rules(turn.heard, state.locale)
    return replace(understood, about=about, ends=ends)


def _understood(turn: Turn, state: State, index: NameIndex) -> Turn:
    """The whole sentence; where that settles nothing, its last clause that does.

    「我看不到，可以說慢一點嗎」: as one it is too long for a command. What ends the call or deletes
    something must be all that was said.
    """
    whole = _as_one(turn, state, index)
    if turn.intent is not None or turn.keys:
        return whole
    if denial := _as_denial(turn, whole, state, index):
        return denial
    if _settled(whole):
        return whole
    parts = clauses(turn.heard, state.locale)
    for clause in reversed(parts if len(parts) > 1 else []):
        part = _as_one(replace(turn, heard=clause), state, index)
        if _named(whole) > _NAMED and part.intent is not Intent.ASK:
            continue
        clearer = part.intent is Intent.ASK and _named(part) > max(_NAMED, _named(whole))
        if clearer or (_settled(part) and part.intent not in _NOT_BY_CHANCE):
            return _of_sentence(part, turn, state)
    return whole


def _of_sentence(part: Turn, turn: Turn, state: State) -> Turn:
    """What a part of a sentence asks for, of the product that the whole names."""
    asks = part.intent is Intent.ASK and not part.product
    product = product_in(turn.heard, state.locale) if asks else part.product
    return replace(part, heard=turn.heard, product=product)


def _as_denial(turn: Turn, whole: Turn, state: State, index: NameIndex) -> Turn | None:
    """「不是板橋，是三重」 asks for the second; 「不是板橋」 says no where 板橋 was talked about.

    Elsewhere 「不是板橋」 is a no, and then 板橋.
    """
    left = without_denied(turn.heard, state.locale)
    if left is None:
        return None
    instead = _as_one(replace(turn, heard=left), state, index)
    if instead.intent is Intent.ASK and _named(instead):
        return replace(instead, heard=turn.heard)
    denied = whole.resolution
    if denied is None or not was_told(denied, state):
        return None
    return replace(turn, intent=Intent.NO, resolution=denied)


def _named(turn: Turn) -> float:
    """How likely a place or a pharmacy was named in it."""
    return 0.0 if turn.resolution is None else _chance(turn.resolution)


def _settled(turn: Turn) -> bool:
    """Whether it is plain what is wanted: a command, or a question about a place surely heard."""
    if turn.intent is Intent.ASK:
        return turn.resolution is not None and turn.resolution.sure
    return turn.intent is not None


def _as_one(turn: Turn, state: State, index: NameIndex) -> Turn:
    """`turn` with intent, product, resolution and wants filled in from what was heard.

    Keys and silence come back as they are. An intent that the platform has recognised already
    stays; only the names in its words are looked for.
    """
    if not turn.heard.strip() or turn.keys:
        return turn
    if turn.intent is not None:
        return _with_names(turn, state, index)
    offered = bool(state.options)
    written = is_written_place(turn.heard)
    command = None if written else commands(state.locale).best(turn.heard, offered)
    if command is not None and command.intent is None:
        return turn
    if command is not None and command.cost <= _CERTAIN:
        return _as_command(turn, command, state)
    if is_noise(turn.heard, state.locale):
        return turn
    resolution = resolve(turn.heard, index, hints(state, index))
    named = _chance(resolution)
    if (
        command is not None
        and _believable(command, state.locale == "zh-TW")
        and 1 - _DOUBT * command.cost > named
    ):
        return _as_command(turn, command, state)
    if named >= _LEAST_CHANCE:
        return _as_question(turn, resolution, state)
    return replace(turn, resolution=resolution)


def hints(state: State, index: NameIndex) -> Hints:
    """What the conversation so far tells about the names that may come."""
    places = [by_key().get(step[1]) for step in state.options if step[0] == "district"]
    if state.step[:1] == ("ask",) and state.step[1]:  # 「台中市的哪一區呢？」
        places += [one for one in all_districts() if one.county.name == state.step[1]]
    landmarks = [landmark_named().get(step[1]) for step in state.options if step[0] == "landmark"]
    found = [index.catalog.by_id.get(step[1]) for step in state.options if step[0] == "pharmacy"]
    return Hints(
        area_code=state.area_code,
        place=by_key().get(state.place),
        offered_landmarks=tuple(one for one in landmarks if one is not None),
        offered_places=tuple(place for place in places if place is not None),
        offered_pharmacies=tuple(pharmacy for pharmacy in found if pharmacy is not None),
    )


def _with_names(turn: Turn, state: State, index: NameIndex) -> Turn:
    """A platform's intent with the names in its words."""
    if turn.intent not in (Intent.ASK, *_ABOUT_A_PHARMACY):
        return turn
    resolution = resolve(turn.heard, index, hints(state, index))
    if turn.intent is Intent.ASK:
        return _as_question(turn, resolution, state)
    if not resolution.pharmacies:
        return turn
    return replace(turn, intent=Intent.ASK, wants=turn.intent, resolution=resolution)


def _believable(command: Command, by_sound: bool) -> bool:
    most = _MOST_OF_STOCK if _STOCK_WORD in command.sentence else _MOST
    if by_sound and command.intent in _NOT_BY_CHANCE and command.cost > _PLAIN:
        return False
    leads = command.cost <= _PLAIN or command.lead >= LEAD
    return command.cost <= most and command.score >= _LEAST_SCORE and leads


def _chance(resolution: Resolution) -> float:
    """How likely any place or pharmacy was named."""
    if resolution.kind:  # 「衛生所還有嗎」: heard well, with a place or without
        return 1.0
    if resolution.meant is Meant.NOTHING:
        return 0.0
    # Namesakes share their chance: 大安區 is one of two, and surely a district.
    places = sum(match.score for match in resolution.districts)
    pharmacies = sum(match.score for match in resolution.pharmacies)
    roads = sum(match.score for match in resolution.roads)
    county = _COUNTY if resolution.meant is Meant.COUNTY else 0.0
    return max(places, pharmacies, roads, county, 1.0 if resolution.sure else 0.0)


def _as_command(turn: Turn, command: Command, state: State) -> Turn:
    """A command; a question without a place (「還有口罩嗎」) may still name a product."""
    may_name = command.intent in (Intent.ASK, Intent.NEARBY)
    product = product_in(turn.heard, state.locale) if may_name else ""
    return replace(turn, intent=command.intent, product=turn.product or product)


def _as_question(turn: Turn, resolution: Resolution, state: State) -> Turn:
    named = resolution.meant is Meant.PHARMACY
    return replace(
        turn,
        intent=Intent.ASK,
        product=turn.product or product_in(turn.heard, state.locale),
        wants=turn.wants or (wanted_of_pharmacy(turn.heard, state.locale) if named else None),
        resolution=resolution,
    )
