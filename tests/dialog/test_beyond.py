"""When a district is used up, the next ones are those around it."""

from dataclasses import replace

from shared import outcomes as o
from shared.catalog import Catalog
from shared.dialog.acts import Intent
from shared.dialog.values import Channel, State
from shared.places.districts import by_key
from tests.small_world import CATALOG, NOW, SNAPSHOT, heard_districts
from tests.understood import Turn, take_turn


def test_next_once_more_goes_on_next_door() -> None:
    """「下一家」 after 「都說過了」 tells a pharmacy of a neighbouring district."""
    next_door = replace(
        CATALOG.by_id["9001060001"],
        id="9001100001",
        name="松仁藥局",
        district=by_key()["台北市信義區"],
    )
    snapshot = replace(
        SNAPSHOT,
        catalog=Catalog.of((*CATALOG.pharmacies, next_door)),
        stocks={**SNAPSHOT.stocks, "9001100001": {"adult_mask": 9, "child_mask": 9}},
    )
    asked = heard_districts("台北市大安區", sure=True)
    state: State | None = None
    outcomes: list[o.Outcome] = []
    turns = [Turn(heard="…", intent=Intent.ASK, names=asked)]
    turns += [Turn(heard="…", intent=Intent.NEXT)] * 3
    for turn in turns:
        state, reply = take_turn(state, turn, snapshot, NOW, Channel("test", keys=True))
        outcomes.append(reply.outcome)
    assert isinstance(outcomes[2], o.NoNext)
    assert isinstance(outcomes[3], o.Found)
    assert outcomes[3].pharmacy.name == "松仁藥局"
    assert outcomes[3].neighbour_of is None, "大安區 is not sold out, only told of"
