"""What the map draws: the pharmacies, the counts, and a shape for each district."""

import gzip
import json
from typing import Any

from shared.catalog import Snapshot
from shared.places.districts import by_key
from tests.small_feed import ROWS, snapshot
from tests.web.test_vendor import FOLDER
from web.kept import Body
from web.operator_data import PageData, steps_of

SMALL = snapshot()


def _read(body: Body) -> Any:
    return json.loads(gzip.decompress(body.zipped))


def _drawn(of: Snapshot = SMALL) -> tuple[Any, Any]:
    data = PageData()
    return _read(data.places(of)), _read(data.stock(of))


def test_every_pharmacy_is_there_with_its_counts() -> None:
    """In one order in both bodies, in its own district."""
    places, stock = _drawn()
    assert len(places["pharmacies"]) == len(SMALL.catalog.pharmacies)
    for at, row in enumerate(ROWS):
        ident, name, district, _, phone, longitude, latitude = places["pharmacies"][at]
        assert (ident, name, phone, longitude, latitude) == (row[0], row[1], row[6], None, None)
        where = places["districts"][district]
        assert where["county"] + where["district"] == row[2]
        assert [stock["left"][product][at] for product in ("adult_mask", "child_mask")] == [
            *row[7:]
        ]


def test_counts_name_the_places_that_they_count() -> None:
    """In every process alike, so that any worker's counts fit any worker's places."""
    one, other = PageData(), PageData()
    version = one.places(SMALL).version
    assert version == other.places(snapshot()).version
    assert _read(other.stock(SMALL))["places"] == version
    assert one.stock(SMALL) is one.stock(SMALL)


def test_every_district_has_a_shape() -> None:
    """The atlas and our list join completely: 368 of each, 22 counties."""
    atlas = json.loads((FOLDER / "towns.json").read_text(encoding="utf-8"))
    towns = [shape["properties"] for shape in atlas["objects"]["towns"]["geometries"]]
    names = [(it["COUNTYNAME"] + it["TOWNNAME"]).replace("臺", "台") for it in towns]
    assert len(names) == 368
    assert set(names) == set(by_key())
    assert len(atlas["objects"]["counties"]["geometries"]) == 22


def test_a_product_nobody_thought_of_has_steps_too() -> None:
    """The next thing that is rationed is drawn without programming."""
    assert steps_of("potassium_iodide") == steps_of("adult_mask")
    for product in ("adult_mask", "child_mask", "rapid_test"):
        little, some, much = steps_of(product)
        assert 0 < little < some < much
