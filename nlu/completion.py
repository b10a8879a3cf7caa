"""The acts of an utterance: what its labels ask, with its names and conditions, in this state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.context import (
    ENDS,
    at_a_time,
    at_this_point,
    of_districts,
    of_the_one_told,
    of_this_one,
)
from nlu.grammar import grammar
from nlu.naming import (
    QUESTIONS,
)
from nlu.negation import wishes
from nlu.slots import Slots
from shared.dialog.acts import (
    ABOUT_A_PHARMACY,
    CHOICES,
    WAYS_ON,
    About,
    Act,
    ChoosePlace,
    DayAndHour,
    Intent,
    RequestPlace,
    TellAbout,
    TellPharmacy,
    TellRules,
    read_label,
)
from shared.dialog.values import State
from shared.hours import AskedTime
from shared.names.resolution import Meant, Resolution

_MAKES_WAY = (Intent.YES, Intent.NO, Intent.STOP, Intent.REPEAT, Intent.HELP)
"""Acts that mean nothing beside another: 「好，那電話呢」."""

_POLITE = ("topic.okay", "topic.greeting", "topic.wait")
"""Kind words that lead to what is asked: 「好，再一次」."""

_BEFORE_GOODBYE = (*_POLITE, "yes", "no")
"""Kind words that only lead to a goodbye."""

_LOST = "topic.lost"
"""「我不知道在哪一區，龍山寺旁邊」: she has told where."""

_WHY_BY_TELEPHONE = ("topic.telephone", "topic.online")
"""「我不會用手機，北投哪一家還有」: why she calls, and what she asks."""

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

_OTHER_SUBJECTS = frozenset({"other", "appointment", "ill", "goods", "fraud", "report", "robot"})
"""Topics beside which no place is asked for, however clearly it is named: 「板橋的天氣」."""

_VAGUE = (Intent.ASK, Intent.TOPIC, Intent.CHILD, Intent.ADULT, Intent.COMPARE)
"""What a number of pieces may be read as, where one with so many is wanted."""

_COUNTS = (Intent.MORE, Intent.MOST, Intent.NEXT, Intent.LIST)
"""What a number of pieces may be read as, of which the one told of has enough or not."""

_OF, _PARTICLES = "的", ENDS

_THAT_ONE = (
    *("那家", "那間", "那一家", "那一間", "這家", "這間", "這一家", "這一間", "家", "間"),
    *("that one", "first one", "second one", "third one", "軒目"),
)


def acts_of(labels: Sequence[str], read: "Read", state: State) -> list[Act]:
    """The acts of `labels`, with what names and conditions ask, as they are meant in `state`."""
    if _WRONG[0] in labels:  # 「打錯了」 is answered once
        labels = [label for label in labels if label != Intent.RESTART]
    acts = _completed([read.act(label) for label in labels], read)
    acts = _of_which(acts, read, state.locale)
    acts = _of_the_day(_choosing(acts, read), read, state)
    if read.slots.when:
        acts = at_a_time(acts, read.act("ask"), read.text, state.locale)
    acts = of_districts(acts, read.names, read.text, state)
    if not read.names:
        acts = at_this_point(acts, read.text, state)
    elif state.told:
        acts = of_this_one(acts, read.names, read.text, state.locale)
    if read.names and grammar(state.locale).own_address.search(read.text):
        others = [act for act in acts if act.intent is not Intent.ADDRESS]
        acts = others or [read.act("ask")]  # 「我家地址是中山路」
    if read.away:  # "not Banqiao but Xinzhuang": what is denied is not compared
        acts = [replace(a, intent=Intent.ASK) if a.intent is Intent.COMPARE else a for a in acts]
    if read.slots.least:
        acts = _of_so_many(acts, read, state)
    if grammar(state.locale).place_alone.match(read.text.strip(" 。，、？！?.!")):
        acts = [replace(a, place_alone=True) if a.intent is Intent.ASK else a for a in acts]
    return acts


def _of_so_many(acts: list[Act], read: "Read", state: State) -> list[Act]:
    """`acts`, of which what is vague asks for one with so many; 「那家有五十片以上嗎」 of it."""
    if not acts and not read.names:
        acts = [read.act("more")]  # 「有沒有兩千片以上的」
    # "I need at least a hundred, in Fengyuan"; 「有超過一千的嗎」 asks for no quality
    acts = [replace(a, intent=Intent.MORE, part="") if a.intent in _VAGUE else a for a in acts]
    if read.names or not of_the_one_told(read.text, state):
        return acts
    return [replace(a, intent=Intent.LEFT) if a.intent in _COUNTS else a for a in acts]


def _choosing(acts: list[Act], read: "Read") -> list[Act]:
    """`acts` without a choice of what is denied, or of what is told anyway."""
    if read.not_nth is not None and read.nth is None:  # 「不要第一家」
        acts = _without_that_one(acts, read)
    if any(act.intent is Intent.NEXT for act in acts) and not read.names:
        acts = [act for act in acts if act.intent not in CHOICES]  # 「第二家也不要」
    return acts


def _without_that_one(acts: list[Act], read: "Read") -> list[Act]:
    """Where one of those told of is denied: another instead of it, and what else is asked."""
    vague = (*CHOICES, *_BACK, Intent.NO, Intent.NEXT, Intent.CHOOSELAST)
    others = [a for a in acts if a.intent not in vague and a.label != "topic.other"]
    return others if read.names else [read.act("no"), *others]


@dataclass(frozen=True, slots=True)
class Read:
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
            shops=slots.shops,
            ends=slots.ends,
            other_county=ending.endswith(_OF),
            that_one=ending.endswith(_THAT_ONE) or self.nth is not None,
        )


def _completed(acts: list[Act], read: Read) -> list[Act]:
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
    if not acts and (slots.kind or slots.unwanted or slots.product or slots.all_products):
        acts = [read.act("ask")]
    if names and names.sure:  # 「沒關係，通霄也可以」
        acts = [act for act in acts if act.label not in _POLITE] or acts
    return acts


def _beside_names(acts: list[Act], read: Read) -> list[Act]:
    """`acts` without what means nothing beside the name that was said with it."""
    names = read.names
    if names is None:
        return acts
    if not read.slots.shop:
        acts = [act for act in acts if act.label != "topic.shops"]
    if names.sure:  # 「打錯了，是板橋」: the name was wrong, not the number
        told_first = (*_WRONG, *_WHY_BY_TELEPHONE, _LOST)
        acts = [act for act in acts if act.label not in told_first]
    if names.sure and names.meant is Meant.LANDMARK:  # near it, and not what is beside it
        acts = [act for act in acts if act.label != "topic.landmark"]
    if names.sure and names.meant in (Meant.DISTRICT, Meant.LANDMARK):  # 「三重です」 is no third
        acts = [act for act in acts if act.intent not in (*CHOICES, *_BACK)]
    if any(act.intent is Intent.ASK for act in acts):
        acts = [act for act in acts if act.intent not in WAYS_ON]
    return acts


_BACK = (Intent.PREVIOUS, Intent.FIRST)
"""Ways back, of which a place that is named anew has none: 「南港，剛剛那家關了」."""


def _by_the_end_of_an_id(acts: list[Act], read: Read) -> list[Act]:
    """Where it was said how an id ends: no choice, 「末尾1です」, but a question for the day."""
    acts = [act for act in acts if not act.label.startswith("choose")]
    if {"rules.turn", "rules.day"} <= {act.label for act in acts}:  # the days tell of today too
        spare = "rules.turn" if read.slots.when else "rules.day"
        acts = [act for act in acts if act.label != spare]
    if any(act.intent is Intent.RULES for act in acts):
        return acts
    return [read.act("rules.day"), *acts]


def _of_which(acts: list[Act], read: Read, locale: str) -> list[Act]:
    """What is asked of another pharmacy than the one just told of, that one first.

    「第二家的電話」, 「下一家的地址」, 「最多那家的電話」; of two clauses each asks for itself.
    """
    asked = {act.intent for act in acts}.intersection((*ABOUT_A_PHARMACY, Intent.LEFT))
    if asked and read.nth is not None and not read.names:  # told of, it tells what it has left
        others = [act for act in acts if act.intent not in (*CHOICES, *WAYS_ON, Intent.LEFT)]
        return [read.act(CHOICES[read.nth]), *others]
    if asked <= {Intent.LEFT}:
        return acts
    if len(wishes(read.text, locale)) > 1:
        return acts
    return sorted(acts, key=lambda act: act.intent not in (*WAYS_ON, Intent.MOST, Intent.NEARBY))


def _of_the_day(acts: list[Act], read: Read, state: State) -> list[Act]:
    """「那星期六呢」: what was asked before, of that day; 「那晚上呢」: the hours then."""
    alone = read.text.rstrip(_PARTICLES)
    if read.slots.when is None or read.names or not grammar(state.locale).day_alone.match(alone):
        return acts
    for told in reversed(state.said):
        match told:
            case TellRules():
                return [read.act("rules.day")]
            case TellAbout(what=what) if what in _OF_A_DAY:
                return [read.act("hours" if read.slots.when.clock else str(what))]
            case TellPharmacy(in_vain=vain) if state.open_at or AskedTime.read(vain):
                return [read.act("ask")]
            case ChoosePlace():
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
