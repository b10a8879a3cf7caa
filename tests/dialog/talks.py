"""Whole conversations of acts that are understood already, in a world that is known by heart."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from shared import outcomes as o
from shared.catalog import Catalog, Pharmacy, Snapshot
from shared.dialog import take_turn as dialogue
from shared.dialog.acts import Act, Intent, Understanding
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.names.resolution import Meant, Resolution
from shared.places.districts import all_counties, by_key
from tests.small_world import CATALOG, NOW, SNAPSHOT, heard_districts

PHONE = Channel("test", operator="0227653147", keys=True, dials=True, dials_pharmacies=True)
SPEAKER = Channel("test", operator="1922")
CHAT = Channel("test", for_the_eye=True)

DAAN, SEA, SANCHONG, TEA = "台北市大安區", "台中市大安區", "新北市三重區", "新北市坪林區"
XINYI, RENAI, HEPING = "9001060001", "9001060002", "9001060003"
"""The three of 台北市大安區: 205 and 50, 36 and 0, 0 and 12."""


def ask(*districts: str, intent: Intent = Intent.ASK) -> Act:
    """A question about places; sure where it is one."""
    return Act(intent, names=heard_districts(*districts, sure=len(districts) == 1))


def of_county(name: str) -> Resolution:
    """What the resolver answers for a county alone."""
    county = next(one for one in all_counties() if one.name == name)
    return Resolution(name, Meant.COUNTY, county=county)


def with_pharmacies(*more: Pharmacy, left: int = 20, snapshot: Snapshot = SNAPSHOT) -> Snapshot:
    """The small world and these, with so many of each product."""
    return replace(
        snapshot,
        catalog=Catalog.of((*snapshot.catalog.pharmacies, *more)),
        stocks={
            **snapshot.stocks,
            **{one.id: {"adult_mask": left, "child_mask": left} for one in more},
        },
    )


def like(pharmacy_id: str, **changes: object) -> Pharmacy:
    """A pharmacy of the small world with `changes`; `district` by its key."""
    if isinstance(key := changes.get("district"), str):
        changes["district"] = by_key()[key]
    return replace(CATALOG.by_id[pharmacy_id], **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Seen:
    """A history in which each pharmacy was restocked at ten, and sells out at noon."""

    def restocked_at(self, pharmacy_id: str, product: str, day: date) -> time | None:
        """At ten."""
        return time(10) if pharmacy_id and product and day else None

    def sells_out_about(self, pharmacy_id: str, product: str) -> time | None:
        """At noon."""
        return time(12) if pharmacy_id and product else None


@dataclass(slots=True)
class Talk:
    """A conversation under way."""

    snapshot: Snapshot = SNAPSHOT
    channel: Channel = PHONE
    now: datetime = NOW
    history: Seen | None = None
    state: State | None = None

    def say(self, *acts: Act, utterance: Utterance | None = None) -> Reply:
        """The answer to one utterance with these acts."""
        names = next((act.names for act in acts if act.names), None)
        self.state, reply = dialogue.take_turn(
            self.state,
            utterance or Utterance(text="…" if acts else ""),
            Understanding(acts, names),
            self.snapshot,
            self.now,
            self.channel,
            self.history,
        )
        return reply

    def ask(self, intent: Intent, **more: object) -> o.Outcome:
        """The outcome of one act."""
        return self.say(Act(intent, **more)).outcome  # type: ignore[arg-type]


def name_of(outcome: o.Outcome) -> str:
    """The pharmacy that was told of."""
    assert isinstance(outcome, o.Found), outcome
    return outcome.pharmacy.name
