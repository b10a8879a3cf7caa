"""Utterance → understanding: which dialogue acts, of what, under which conditions.

keys ──────────────────────────────→ acts
hint of a platform ─→ label, words ─┐
text ─┬→ classifier ─→ labels ──────┼─→ acts
      ├→ shared.names ─→ what is named
      └→ slots, negation ─→ conditions
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from intents.contract import normal, sentences
from nlu.amounts import HAN_DIGITS, hour_in_words
from nlu.commands import command, is_command
from nlu.context import (
    ENDS,
    at_a_time,
    at_this_point,
    its_district,
    near_unknown,
    of_this_one,
    unknown_place,
)
from nlu.dtmf import of_districts, understand_keys
from nlu.evidence import Evidence
from nlu.grammar import grammar
from nlu.model import NAMED, Classification, classifier, place_of
from nlu.naming import (
    MOST_PARTS,
    QUESTIONS,
    Doubt,
    chance,
    denied,
    doubtful,
    framed,
    may_name,
    named,
    was_told,
    worth_asking,
)
from nlu.negation import clauses, denied_behind, taken_back, wishes, without_denied
from nlu.noise import is_filler, is_noise, without_fillers
from nlu.offered_words import offered_in
from nlu.roads import at_crossing, not_far_away
from nlu.sides import sides
from nlu.slots import Slots, slots_in
from shared.dialog.acts import (
    ABOUT_A_PHARMACY,
    CHOICES,
    OF_A_PLACE,
    WAYS_ON,
    About,
    Act,
    ChoosePlace,
    DayAndHour,
    Intent,
    RequestPlace,
    TakeCounty,
    TellAbout,
    TellPharmacy,
    TellRules,
    Understanding,
    read_label,
)
from shared.dialog.questions import UNCLEAR
from shared.dialog.values import Hint, State, Utterance
from shared.hours import AskedTime
from shared.locales import all_locales, locale_of
from shared.names.exact import is_written_place
from shared.names.finding import whole_road
from shared.names.index import NameIndex
from shared.names.resolution import Meant, Resolution
from shared.places.districts import District, by_key, by_postal_code

SURE = 0.5
"""A label likelier than this is an act of the utterance."""

HEARD = 0.2
"""The likeliest label is taken from here on where nothing else is."""

PART = 0.6
"""A label of a part of the utterance must be as likely as this, for a part lacks its context."""

CLEAR = 0.8
"""A wish as likely as this leaves no room for a second one in the same breath."""

HALF = 0.75
"""Each half of an utterance without a pause must ask something as likely as this."""

WORD_FOR_WORD = 0.99
"""How likely the label of a command is that stands so in the sentences: "stop"."""

TRACE = 0.05
"""What a half asks must be as likely as this of the whole, where both blur each other."""

LEAST_HALF, LONGEST_CUT = 4, 40
"""Characters of a half at least, and of an utterance that is cut in two."""

PLAIN = 0.8
"""What ends the call, deletes something or changes the language must be as likely as this."""

NOT_HEARD = 0.7
"""From here on the words around it tell that something was named, though it could not be heard."""

KNOWN = 0.5
"""Of noise fewer features than this share were ever seen: 「喵喵喵喵」 has 0.3."""

SLOT_NAMED = 0.3
"""What stands in a platform's slot was said as a name; below this it is none of ours: 「東京」."""

PLAIN_LANGUAGE = 0.7
"""An utterance of which so much is everyday language was heard well: what it asks is not our
subject, and that is said, rather than that it was not understood."""

A_SIDE = 0.15
"""How likely the other side of a comparison must be, whose both sides are told by name."""

MOST_ACTS = 3

_NOT_BY_CHANCE = frozenset({Intent.STOP, Intent.FORGET, Intent.UNNOTIFY, Intent.LANGUAGE})

_MAKES_WAY = (Intent.YES, Intent.NO, Intent.STOP, Intent.REPEAT)
"""Acts that mean nothing beside another: 「好，那電話呢」."""

_POLITE = ("topic.okay", "topic.greeting", "topic.wait")
"""Kind words that lead to what is asked: 「好，再一次」."""

_BEFORE_GOODBYE = (*_POLITE, "yes", "no")
"""Kind words that only lead to a goodbye."""

_LOST = "topic.lost"
"""「我不知道在哪一區，龍山寺旁邊」: she has told where."""

_WRONG = ("topic.wrongnumber", "restart")
"""「打錯了」, 「我講錯了」: beside a place that is sure, only that it was another before."""

_GOES_WITH_A_PLACE = frozenset(
    {"shops", "shortage", "complaint", "greeting", "wait", "callback", "queue"}
)
"""Topics beside which a place that is named is asked for too."""

_BESIDE_A_DENIAL = (
    *("no", "next", "only", "ask", "restart", *CHOICES),
    *(f"topic.{part}" for part in ("shops", "other", "quality", "shortage")),
)
"""What may be heard where a place is denied and no other is named: 「板橋以外的有嗎」."""

_IS_IT_SO = "topic.accurate"
"""What beside a place must be plain: 「你說的板橋，對不對」 asks for the place."""

_OTHER_SUBJECTS = frozenset({"other", "appointment", "ill", "goods", "fraud", "robot"})
"""Topics beside which no place is asked for, however clearly it is named: 「板橋的天氣」."""

_OF, _PARTICLES = "的", ENDS
_THAT_ONE = (
    *("那家", "那間", "那一家", "那一間", "這家", "這間", "這一家", "這一間", "家", "間"),
    *("that one", "first one", "second one", "third one", "軒目"),
)


def understand(utterance: Utterance, state: State, index: NameIndex) -> Understanding:
    """What `utterance` asks for in `state`; no acts where nothing was understood."""
    if utterance.hung_up:
        return Understanding((Act(Intent.STOP),))
    if utterance.keys:
        return understand_keys(utterance.keys, state)
    if utterance.hint:
        return _with_hint(utterance, utterance.hint, state, index)
    text = utterance.text.strip()
    if chosen := _city_or_county(text, state):
        return Understanding((chosen,))
    if not text or (is_noise(text, state.locale) and not is_command(text, state.locale)):
        return Understanding()
    meant = _town_of_county(text, state) or _section_of_road(text, state) or text
    return _of_text(meant, state, index)


def _section_of_road(text: str, state: State) -> str:
    """「三段呢」 after a road: that section of it, as it is written; "" for anything else."""
    last = state.last
    road = last.road if isinstance(last, ChoosePlace) and last.road else state.road
    met = grammar(state.locale).section.match(normal(text)) if road else None
    if met is None:
        return ""
    number = hour_in_words(met["number"])
    return f"{whole_road(road)}{HAN_DIGITS[number]}段" if 0 < number < len(HAN_DIGITS) else ""


def _town_of_county(text: str, state: State) -> str:
    """「市區」 in answer to 「台東縣的哪個鄉鎮呢？」: the city that is called like the county."""
    last = state.last
    if not isinstance(last, RequestPlace) or not last.county:
        return ""
    town = f"{last.county}{last.county[:2]}市"
    city, _ = grammar(state.locale).city_or_county
    return town if town in by_key() and city.search(text) else ""


def _city_or_county(text: str, state: State) -> Act | None:
    """「市」 or 「縣」 where that was asked; by its sound it is 「是」."""
    offered = [one.name for one in state.options if isinstance(one, TakeCounty)]
    if not offered:
        return None
    for ending, pattern in zip("市縣", grammar(state.locale).city_or_county, strict=True):
        if pattern.search(text):
            places = [place for place, name in enumerate(offered) if name.endswith(ending)]
            return Act(CHOICES[places[0]]) if places else None
    return None


def _of_text(text: str, state: State, index: NameIndex) -> Understanding:
    """What `text` asks for; where it corrects itself, of what it names in the end."""
    for refused, meant in taken_back(text, state.locale):
        instead = _as_said(meant, state, index)
        if instead.names and instead.names.meant is not Meant.NOTHING:
            other = _as_said(refused, state, index)
            if not _same_place(instead.names, other.names):
                return _of_the_other(other, instead)
    for refused, meant in denied_behind(text, state.locale):
        names = _as_said(refused, state, index).names
        if names and names.sure:  # 「興豐路，不是新豐鄉」, and 興豐路 is not known
            return _without_place(names, _as_said(meant, state, index))
    return _as_said(text, state, index)


def _same_place(one: Resolution | None, other: Resolution | None) -> bool:
    """Whether both mean one district, and that by its sound alone where it is meant instead."""
    if not (one and other) or one.sure or {one.meant, other.meant} != {Meant.DISTRICT}:
        return False
    return one.districts[0].district == other.districts[0].district


def _without_place(denied_: Resolution, understood: Understanding) -> Understanding:
    """`understood`, of no place where it names by its sound the one that is denied."""
    if not _same_place(understood.names, denied_):
        return understood
    return Understanding(tuple(replace(act, names=None) for act in understood.acts))


def _nth(text: str, locale: str) -> list[int]:
    """Which of the pharmacies that were told of `text` names: 0 「第一家」, 1, 2."""
    which = enumerate(grammar(locale).nth)
    return [place for place, pattern in which if pattern.search(text)]


_STAYS = QUESTIONS | {Intent.RULES, Intent.OPERATOR, Intent.EMERGENCY}
"""What was asked before a name was taken back, and is still asked."""


def _of_the_other(refused: Understanding, instead: Understanding) -> Understanding:
    """What was asked of what is taken back is asked of what is meant: 「士林小孩的不對，樹林」."""
    names = instead.names
    product = next((act.product for act in refused.acts if act.product), "")
    acts = [replace(act, product=act.product or product) for act in instead.acts]
    labels = {act.label for act in acts}
    kept = (a for a in refused.acts if a.intent in _STAYS and a.label not in labels)
    still = (a for a in kept if a.part != UNCLEAR)  # the place that was not heard is taken back
    acts += [replace(act, names=names if act.names else None) for act in still]
    return Understanding(tuple(acts[:MOST_ACTS]), names)


def _as_said(text: str, state: State, index: NameIndex) -> Understanding:
    evidence = Evidence(state, index)
    slots = slots_in(text, state.locale, bare_digit=_asked_of_rules(state))
    left, refused = without_denied(slots.text, state.locale) or (slots.text, "")
    names = named(left, evidence)
    away = denied(refused, evidence)
    names = not_far_away(at_crossing(left, names, evidence), state)
    names = its_district(left, names or evidence.names(left), state.locale) or names
    unknown = unknown_place(left, names, state)
    names = None if unknown else names
    if away and not names and not left and _is_no_and_a_name(text, away, evidence):
        names, away = away, None
    chances = _chances_beside(names, text, evidence)
    doubt = may_name(left, evidence) if not names and not state.place else Doubt.NONE
    labels = _labels_beside(names, text, slots, chances, doubt, evidence)
    told, not_told = _nth(left, state.locale), _nth(refused, state.locale)
    if len(told) == 1 and not names:
        labels = _beside_nth(labels, grammar(state.locale).nth[told[0]].sub("", text), evidence)
    if len(told) > 1 and chances[place_of(Intent.COMPARE, state.locale)] > HEARD:
        labels = [Intent.COMPARE]  # 「第一家跟第二家哪家多」 chooses neither
    read = _Read(text, names, away, slots, next(iter(told), None), next(iter(not_told), None))
    acts = _acts(labels, read, state)
    if unknown:
        acts = near_unknown(acts, unknown, slots.product)
    if not acts and doubt is Doubt.STRONG:  # 「大爺要求」 for 大元藥局
        acts = [read.act("ask")]
    if not acts:
        acts = _beside_fillers(read, evidence)
    if not acts and _is_plain(text, evidence):
        acts = [Act(Intent.TOPIC, "other")]
    if not names and not unknown:
        acts = _unclear(acts, doubt, chances)
    if any(act.intent in (Intent.COMPARE, *_COMPARE_TOO) for act in acts):
        acts = _two_sided(acts, left, evidence)
    unsure = None if names or state.place else doubtful(left, evidence)
    likely = unsure is not None and worth_asking(left, evidence)
    return Understanding(tuple(acts[:MOST_ACTS]), names, unsure, likely)


def _labels_beside(
    names: Resolution | None,
    text: str,
    slots: Slots,
    chances: list[float],
    doubt: Doubt,
    evidence: Evidence,
) -> list[str]:
    """The labels of what is asked beside `names`; what is only likely where nothing is named."""
    state = evidence.state
    if _asks_for_another_language(chances, state.locale):
        chances[place_of(locale_of(state.locale).intent, state.locale)] = 0.0
    if not names and (option := _option(text, chances, state)):
        return [option]
    guessed = not names and not slots.ends and doubt is not Doubt.STRONG
    guessed = guessed and evidence.reading(text).known > KNOWN
    labels = [] if is_written_place(text) else _labels(chances, guessed, state.locale)
    if names and names.sure and chances[place_of(_IS_IT_SO, state.locale)] < PLAIN:
        labels = [label for label in labels if label != _IS_IT_SO]
    if not labels and names and names.meant is Meant.PHARMACY:
        labels = _said_behind(text, state.locale)
    if not state.asks_yes_or_no:  # 「好，再一次」
        labels = [label for label in labels if label != Intent.YES] or labels
    return labels


def _acts(labels: Sequence[str], read: "_Read", state: State) -> list[Act]:
    """The acts of `labels`, with what names and conditions ask, as they are meant in `state`."""
    if _WRONG[0] in labels:  # 「打錯了」 is answered once
        labels = [label for label in labels if label != Intent.RESTART]
    acts = _completed([read.act(label) for label in labels], read)
    acts = _of_which(acts, read, state.locale)
    acts = _of_the_day(_choosing(acts, read), read, state)
    if read.slots.when:
        acts = at_a_time(acts, read.act("ask"), read.text, state.locale)
    if not read.names:
        acts = at_this_point(acts, read.text, state)
    elif state.told:
        acts = of_this_one(acts, read.names, read.text, state.locale)
    if read.away:  # "not Banqiao but Xinzhuang": what is denied is not compared
        acts = [replace(a, intent=Intent.ASK) if a.intent is Intent.COMPARE else a for a in acts]
    if read.slots.least and not acts and not read.names:
        acts = [read.act("more")]  # 「有沒有兩千片以上的」
    if read.slots.least:  # "I need at least a hundred, in Fengyuan"
        vague = (Intent.ASK, Intent.TOPIC)  # 「有超過一千的嗎」 asks for no quality
        acts = [replace(a, intent=Intent.MORE, part="") if a.intent in vague else a for a in acts]
    if grammar(state.locale).place_alone.match(read.text.strip(" 。，、？！?.!")):
        acts = [replace(a, place_alone=True) if a.intent is Intent.ASK else a for a in acts]
    return acts


def _beside_nth(labels: list[str], text: str, evidence: Evidence) -> list[str]:
    """`labels` with what `text`, all beside 「第一家」, asks of it: 「第一家地址再一次」."""
    p, label = evidence.reading(text).wish()
    if p < PART or read_label(label)[0] not in ABOUT_A_PHARMACY or label in labels:
        return labels
    return [*labels, label]


def _choosing(acts: list[Act], read: "_Read") -> list[Act]:
    """`acts` without a choice of what is denied, or of what is told anyway."""
    if read.not_nth is not None and read.nth is None:  # 「不要第一家」
        acts = _without_that_one(acts, read)
    if any(act.intent is Intent.NEXT for act in acts) and not read.names:
        acts = [act for act in acts if act.intent not in CHOICES]  # 「第二家也不要」
    return acts


def _without_that_one(acts: list[Act], read: "_Read") -> list[Act]:
    """Where one of those told of is denied: another instead of it, and what else is asked."""
    vague = (*CHOICES, *_BACK, Intent.NO, Intent.NEXT, Intent.CHOOSELAST)
    others = [a for a in acts if a.intent not in vague and a.label != "topic.other"]
    return others if read.names else [read.act("no"), *others]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of an utterance beside the labels of its acts."""

    text: str
    names: Resolution | None
    away: Resolution | None
    """what is named only to be denied"""
    slots: Slots
    nth: int | None
    """which of the pharmacies told of is named: 0 「第一家」, 1, 2; None for none"""
    not_nth: int | None = None
    """which of them is named only to be denied"""

    def act(self, label: str) -> Act:
        """The act of a label, with its names and conditions."""
        intent, part = read_label(label)
        slots, ending = self.slots, self.text.rstrip(_PARTICLES)
        return Act(
            intent,
            part,
            product=slots.product,
            all_products=slots.all_products,
            kind=slots.kind,
            unwanted=slots.unwanted,
            names=self.names if intent in QUESTIONS else None,
            denied=self.away,
            not_nth=self.not_nth if intent is Intent.NO else None,
            when=slots.when,
            least=slots.least,
            ends=slots.ends,
            other_county=ending.endswith(_OF),
            that_one=ending.endswith(_THAT_ONE) or self.nth is not None,
        )


def _beside_fillers(read: _Read, evidence: Evidence) -> list[Act]:
    """What is likely asked between hesitations: 「那個...那個...口罩」; [] for nothing, and where
    words stand apart."""
    rest = without_fillers(read.text, evidence.locale)
    if locale_of(evidence.locale).gap or rest in ("", read.text):
        return []
    p, label = evidence.reading(rest).wish()
    return [read.act(label)] if p > _least(label, SURE, HEARD) else []


def _unclear(acts: list[Act], doubt: Doubt, chances: Sequence[float]) -> list[Act]:
    """`acts`, of a place that was not heard where something speaks for one."""
    if doubt is Doubt.NONE and chances[0] <= NOT_HEARD:
        return acts
    return [replace(a, part=UNCLEAR) if _is_of_a_place(a, doubt) else a for a in acts]


def _option(text: str, chances: Sequence[float], state: State) -> str:
    """The option that `text` says by its sound where nothing clearer was said; "" for none."""
    if not state.options or max(chances[1:]) > SURE:
        return ""
    return offered_in(text, state)


def _is_no_and_a_name(text: str, away: Resolution, evidence: Evidence) -> bool:
    """Whether 「不是三重」 says no, and 三重: not told of, and not denied by a word behind.

    Where words have spaces between them, "not" is no "no"."""
    if locale_of(evidence.locale).gap:
        return False
    behind = sentences(evidence.locale).denials["behind"]
    told = was_told(away, evidence.state, evidence.index)
    return not told and not any(word in text for word in behind)


def _is_of_a_place(act: Act, doubt: Doubt) -> bool:
    """Whether `act` cannot be answered where the place that is named with it was not heard."""
    return act.intent is Intent.ASK or (act.intent in OF_A_PLACE and doubt is Doubt.STRONG)


def _is_plain(text: str, evidence: Evidence) -> bool:
    """Whether `text` was heard well, and says something."""
    familiar = evidence.reading(text).familiar > PLAIN_LANGUAGE
    return familiar and not is_filler(text, evidence.locale)


def _asked_of_rules(state: State) -> bool:
    """Whether a digit alone tells how an id ends: after a part of the rules was told."""
    return any(isinstance(one, TellRules) for one in state.said)


def _chances_beside(names: Resolution | None, text: str, evidence: Evidence) -> list[float]:
    """`_chances` of `text`, of what asks something of a name also where one stood plainly there."""
    chances = _chances(text, evidence)
    plain = framed(text, names, evidence.locale)
    if plain == text:
        return chances
    beside = _chances(plain, evidence)
    for place in _of_either(evidence.locale):
        beside[place] = max(beside[place], chances[place])
    return beside


_BY_EITHER = QUESTIONS | {Intent.EMERGENCY}
"""What is heard with the name as it was written down or with a plain one: danger is no name."""


@cache
def _of_either(locale: str) -> tuple[int, ...]:
    """The places of these labels."""
    labels = enumerate(classifier(locale).labels)
    return tuple(at for at, one in labels if one != NAMED and read_label(one)[0] in _BY_EITHER)


def _chances(text: str, evidence: Evidence) -> list[float]:
    """How likely each label is among the acts, `NAMED` first: of the whole utterance, or surely of
    a part."""
    reading = evidence.reading(text)
    parts = wishes(text, evidence.locale)
    if len(parts) < 2:
        parts = _joined(text, evidence) or _halves(text, reading, evidence)
    whole = reading.told.copy()
    if said := command(text, evidence.locale):
        whole[place_of(said, evidence.locale)] = WORD_FOR_WORD
    for part in parts[:MOST_PARTS] if len(parts) > 1 else ():
        if is_filler(part, evidence.locale):  # the 「嗯」 of 「嗯，那個，呃」 agrees to nothing
            continue
        for place, p in enumerate(evidence.reading(part).told):
            if p > PART and p > whole[place]:
                whole[place] = p
    return whole


def _joined(text: str, evidence: Evidence) -> list[str]:
    """The parts of 「我要地址跟電話」, each asking something of one pharmacy; [] of any other."""
    parts = sides(text, evidence.locale)
    if len(parts) < 2:
        return []
    wishes_ = [evidence.reading(part).wish() for part in parts]
    asked = {label for p, label in wishes_ if p > PART}
    about = all(read_label(label)[0] in ABOUT_A_PHARMACY for label in asked)
    return parts if about and len(asked) == len(parts) else []


def _halves(text: str, whole: Classification, evidence: Evidence) -> list[str]:
    """`text` cut in two where each half asks something else, and clearly; [] where none does.

    A recogniser leaves out the pause between two wishes: 「平安藥局還有沒有口罩電話是多少」.
    """
    long = locale_of(evidence.locale).gap == "" and 2 * LEAST_HALF <= len(text) <= LONGEST_CUT
    if not long or whole.wish()[0] > CLEAR:
        return []
    traced = {label for label, p in zip(whole.labels, whole.told, strict=True) if p > TRACE}
    if len(traced - {NAMED}) < 2:
        return []
    best, halves = HALF, []
    for at in range(LEAST_HALF, len(text) - LEAST_HALF + 1):
        p, one = evidence.reading(text[:at]).wish()
        if p <= best or one not in traced:
            continue
        q, other = evidence.reading(text[at:]).wish()
        if q > best and other in traced and one != other:
            best, halves = min(p, q), [text[:at], text[at:]]
    return halves


def _asks_for_another_language(chances: Sequence[float], locale: str) -> bool:
    """Whether a language is asked for, and not the one that is spoken: "no Chinese" in Mandarin."""
    return any(chances[place] > HEARD for place in _other_languages(locale))


@cache
def _other_languages(locale: str) -> tuple[int, ...]:
    """The places of the labels that ask for another language than that."""
    others = (one.intent for one in all_locales().values() if one.code != locale)
    return tuple(place_of(label, locale) for label in others)


def _labels(chances: Sequence[float], guessed: bool, locale: str) -> list[str]:
    """The labels of the utterance, likeliest first; `guessed`: one that is only likely will do."""
    labels = classifier(locale).labels
    likely = [(p, labels[at]) for at, p in enumerate(chances) if p > HEARD and labels[at] != NAMED]
    likely.sort(reverse=True)
    found = [label for p, label in likely if p > _least(label, PLAIN, SURE)]
    if not found and guessed and likely:
        found = [label for p, label in likely if p > _least(label, SURE, HEARD)][:1]
    return found[:MOST_ACTS]


def _said_behind(text: str, locale: str) -> list[str]:
    """What a command at the end of `text` asks of a pharmacy: 「東港衛生所電話」."""
    ends = (command(text[at:], locale) for at in range(1, len(text) - 1))
    label = next((label for label in ends if label), "")
    return [label] if label and read_label(label)[0] in ABOUT_A_PHARMACY else []


def _least(label: str, plain: float, usual: float) -> float:
    """How likely a label must be: what is not asked by chance `plain`, any other `usual`."""
    return plain if read_label(label)[0] in _NOT_BY_CHANCE else usual


def _completed(acts: list[Act], read: _Read) -> list[Act]:
    """The acts without those that make way, with what the names and conditions ask beside them."""
    names, slots = read.names, read.slots
    if any(act.intent is Intent.STOP for act in acts):  # 「好，謝謝」, 「不用了，再見」
        acts = [act for act in acts if act.label not in _BEFORE_GOODBYE]
    others = _beside_names([act for act in acts if act.intent not in _MAKES_WAY], read)
    if any(act.label not in _POLITE for act in acts):
        others = [act for act in others if act.label not in _POLITE]
    if names or slots.ends or others:
        acts = others or [act for act in acts if act.intent is Intent.NO and not names]
    if names and not any(act.intent in QUESTIONS for act in acts) and _takes_place(acts, names):
        acts = [*acts, read.act("ask")]
    if slots.ends:
        acts = _by_the_end_of_an_id(acts, read)
    if read.away and not names and all(act.label in _BESIDE_A_DENIAL for act in acts):
        acts = [read.act("no")]
    if not acts and slots.shop and not names:  # 「那郵局呢」
        acts = [read.act("topic.shops")]
    if not acts and (slots.kind or slots.unwanted or slots.product):
        acts = [read.act("ask")]
    if names and names.sure:  # 「沒關係，通霄也可以」
        acts = [act for act in acts if act.label not in _POLITE] or acts
    return acts


def _beside_names(acts: list[Act], read: _Read) -> list[Act]:
    """`acts` without what means nothing beside the name that was said with it."""
    names = read.names
    if names is None:
        return acts
    if not read.slots.shop:
        acts = [act for act in acts if act.label != "topic.shops"]
    if names.sure:  # 「打錯了，是板橋」: the name was wrong, not the number
        acts = [act for act in acts if act.label not in (*_WRONG, _LOST)]
    if names.sure and names.meant is Meant.DISTRICT:  # 「三重です」 is no third choice
        acts = [act for act in acts if act.intent not in (*CHOICES, *_BACK)]
    if any(act.intent is Intent.ASK for act in acts):
        acts = [act for act in acts if act.intent not in WAYS_ON]
    return acts


_BACK = (Intent.PREVIOUS, Intent.FIRST)
"""Ways back, of which a place that is named anew has none: 「南港，剛剛那家關了」."""


def _by_the_end_of_an_id(acts: list[Act], read: _Read) -> list[Act]:
    """Where it was said how an id ends: no choice, 「末尾1です」, but a question for the day."""
    acts = [act for act in acts if not act.label.startswith("choose")]
    if any(act.intent is Intent.RULES for act in acts):
        return acts
    return [read.act("rules.day"), *acts]


def _of_which(acts: list[Act], read: _Read, locale: str) -> list[Act]:
    """What is asked of another pharmacy than the one just told of, that one first.

    「第二家的電話」, 「下一家的地址」, 「最多那家的電話」; of two clauses each asks for itself.
    """
    if not any(act.intent in ABOUT_A_PHARMACY for act in acts):
        return acts
    if read.nth is not None and not read.names:
        others = [act for act in acts if act.intent not in (*CHOICES, *WAYS_ON)]
        return [read.act(CHOICES[read.nth]), *others]
    if len(wishes(read.text, locale)) > 1:
        return acts
    return sorted(acts, key=lambda act: act.intent not in (*WAYS_ON, Intent.MOST))


def _of_the_day(acts: list[Act], read: _Read, state: State) -> list[Act]:
    """「那星期六呢」: what was asked before, of that day; 「那晚上呢」: the hours then."""
    alone = read.text.rstrip(_PARTICLES)
    if read.slots.when is None or read.names or not grammar(state.locale).day_alone.match(alone):
        return acts
    for told in reversed(state.said):
        match told:
            case TellRules():
                return [read.act("rules.day")]
            case TellAbout(what=what) if what in _OF_A_DAY:
                return [read.act(str(what))]
            case TellPharmacy(in_vain=vain) if state.open_at or AskedTime.read(vain):
                return [read.act("ask")]
            case RequestPlace() if state.open_at:
                return [read.act("ask")]
            case TellPharmacy() if read.slots.when.part or read.slots.when.clock:
                return [read.act("hours")]
            case TellPharmacy() if read.slots.when != DayAndHour() and not _of_a_sale(acts, state):
                return [read.act("hours")]
    return acts


def _of_a_sale(acts: Sequence[Act], state: State) -> bool:
    """Whether a day is asked of the sale, or of her id once she told it, and not of the doors."""
    asked = (Intent.SALE, Intent.PLATES, *((Intent.RULES,) if state.ends else ()))
    return any(act.intent in asked for act in acts)


_OF_A_DAY = (About.HOURS, About.SALE, About.PLATES)
"""What may be asked of a pharmacy on another day."""


def _takes_place(acts: list[Act], names: Resolution) -> bool:
    """Whether a place that was named beside `acts` is asked for; one that is sure nearly always."""
    topics = {act.part for act in acts if act.intent is Intent.TOPIC}
    if names.sure:
        return not topics.intersection(_OTHER_SUBJECTS)
    return topics <= _GOES_WITH_A_PLACE


def _two_sided(acts: list[Act], text: str, evidence: Evidence) -> list[Act]:
    """With two places or pharmacies that are joined: both are compared, or asked for."""
    parts = sides(text, evidence.locale)
    if len(parts) < 2 and any(act.intent is Intent.COMPARE for act in acts):
        parts = clauses(text, evidence.locale)[:MOST_PARTS]  # 「三重 蘆洲 哪邊比較多」
    if len(parts) < 2:
        return _each_asked(acts, text, evidence)
    acts = _comparing(acts, text, evidence.locale)
    found = _in_one_place([evidence.names(part) for part in parts], parts, evidence)
    both = [one for one in found if one.meant is not Meant.NOTHING and chance(one) > SURE]
    compares = any(act.intent is Intent.COMPARE for act in acts)
    if compares and len(both) == 1:
        both = _with_other_side(both[0], found, parts, evidence)
    if not compares:
        both = [one for one in both if one.sure and one.meant is Meant.DISTRICT]
        both = list({one.districts[0].district.key: one for one in both}.values())
    if len(both) < 2:
        return acts
    made: list[Act] = []
    for act in acts:
        if act.intent is Intent.COMPARE:
            made.append(replace(act, names=both[0], other=both[1]))
        elif act.intent is Intent.ASK and not compares:
            made += [replace(act, names=one) for one in both[:2]]
        elif act.intent is not Intent.ASK and not (compares and act.intent in _IN_ONE_PLACE):
            made.append(act)
    return made


def _comparing(acts: list[Act], text: str, locale: str) -> list[Act]:
    """`acts`, of which a question for stock compares where the words do."""
    if not grammar(locale).compares.search(text):
        return acts
    return [replace(a, intent=Intent.COMPARE) if a.intent in _COMPARE_TOO else a for a in acts]


_COMPARE_TOO = (Intent.ASK, Intent.MORE, Intent.MOST)
"""What 「宜蘭跟羅東哪裡比較多」 may be read as, and compares the two."""


def _each_asked(acts: list[Act], text: str, evidence: Evidence) -> list[Act]:
    """Two places with no more than a pause between them are both asked for: 「士林 大直」."""
    asked = next((act for act in acts if act.intent is Intent.ASK), None)
    parts = clauses(text, evidence.locale)[:MOST_PARTS]
    if asked is None or len(parts) < 2:
        return acts
    if asked.names and asked.names.meant is Meant.ROAD:  # 「土城 清水」: there, not near 台中
        return acts
    found: dict[str, Resolution] = {}
    for part in parts:
        names = evidence.names(part)
        if names.sure and _stands_written(names, part):
            found.setdefault(_where(names).key, names)
    counties = {_where(names).county.name[:2] for names in found.values()}
    apart = [names for names in found.values() if _where(names).name[:2] not in counties]
    if len(apart) < 2:
        return acts
    others = [act for act in acts if act is not asked]
    return [*others, *(replace(asked, names=names) for names in apart[:2])]


def _stands_written(names: Resolution, part: str) -> bool:
    """Whether `part` holds the district or landmark that `names` means, by its letters."""
    match names.meant:
        case Meant.DISTRICT:
            called: Sequence[str] = (names.districts[0].district.name[:-1],)
        case Meant.LANDMARK:
            called = names.landmarks[0].spoken
        case _:
            return False
    return any(len(name) > 1 and name in part for name in called)


def _where(names: Resolution) -> District:
    return names.landmarks[0].district if names.landmarks else names.districts[0].district


def _with_other_side(
    one: Resolution, found: Sequence[Resolution], parts: Sequence[str], evidence: Evidence
) -> list[Resolution]:
    """`one` and what the other part may name near it: what is compared is a name for certain."""
    if not one.districts:
        return [one]
    beside = Evidence(replace(evidence.state, place=one.districts[0].district.key), evidence.index)
    sides_ = [
        names if names is one else beside.names(part)
        for names, part in zip(found, parts, strict=True)
    ]
    return [names for names in sides_ if names is one or _is_side(names, one)]


def _is_side(names: Resolution, one: Resolution) -> bool:
    """Whether `names` may be compared with `one`, and is another than it."""
    if names.meant is not one.meant or chance(names) < A_SIDE:
        return False
    if one.meant is Meant.PHARMACY:
        return names.pharmacies[0].pharmacy != one.pharmacies[0].pharmacy
    return names.districts[0].district != one.districts[0].district


_IN_ONE_PLACE = (Intent.MORE, Intent.MOST)
"""What is asked of one place; beside two that are compared, the same."""


def _in_one_place(
    found: list[Resolution], parts: Sequence[str], evidence: Evidence
) -> list[Resolution]:
    """`found`, where one is surely a pharmacy the others too, and there: 「千惠跟九九藥局」."""
    shops = (r for r in found if r.sure and r.meant is Meant.PHARMACY and r.districts)
    shop = next(shops, None)
    if shop is None or all(r.sure for r in found):
        return found
    place = shop.districts[0].district.key
    beside = Evidence(replace(evidence.state, place=place), evidence.index)
    seller, *_ = sentences(evidence.locale).kinds["pharmacy"]
    gap = locale_of(evidence.locale).gap
    made = [
        r if r.sure else beside.names(part + gap + seller)
        for r, part in zip(found, parts, strict=True)
    ]
    return [
        new if new.meant is Meant.PHARMACY else old for old, new in zip(found, made, strict=True)
    ]


# ---------------------------------------------------------------- a platform's hint


def _with_hint(utterance: Utterance, hint: Hint, state: State, index: NameIndex) -> Understanding:
    """The platform's intent and slots, and what its words tell beside them.

    What a slot names counts in every intent that has one; what it could not name is asked for.
    """
    if hint.keys:
        return _of_code(hint)
    own = _of_text(utterance.text, state, index) if utterance.text.strip() else Understanding()
    names = own.names if own.names and own.names.meant is not Meant.NOTHING else None
    if hint.words:
        found = Evidence(state, index).names(hint.words)
        names = found if found.sure or found.named > SLOT_NAMED else None
    act = Act(*read_label(hint.label), product=hint.product)
    if same := next((one for one in own.acts if one.label == hint.label), None):
        act = replace(same, product=hint.product or same.product)
    if act.intent in QUESTIONS:
        if names is None and (hint.unresolved or hint.words):
            return Understanding((Act(Intent.ASK, names=None, part="unknown"),), None)
        act = replace(act, names=names)
    others = [one for one in own.acts if one.intent is not act.intent]
    asks_more = hint.label == "ask" and any(one.intent in QUESTIONS for one in others)
    acts = (*others,) if asks_more else (act, *others)
    return Understanding(acts[:MOST_ACTS], names)


def _of_code(hint: Hint) -> Understanding:
    """A postal code in a slot; what is none is said so."""
    districts = by_postal_code().get(hint.keys, ())
    if not districts:
        return Understanding()
    names = of_districts(hint.keys, districts)
    act = Act(*read_label(hint.label), product=hint.product, names=names)
    if act.intent not in QUESTIONS:
        act = replace(act, intent=Intent.ASK, part="")
    return Understanding((act,), names)
