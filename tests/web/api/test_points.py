"""points.json: what the maps of 2020 find in it, over a whole feed."""

import gzip
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import geojson
import pytest

from samples import FEED
from shared.catalog import Catalog, Hours, Location, Snapshot
from tests import small_feed
from tests.products import TEST_KIT
from tests.real import rows_of
from tests.web.api.serving import client, renewed_api

TYPES = {
    "id": str,
    "name": str,
    "phone": str,
    "address": str,
    "mask_adult": int,
    "mask_child": int,
    "updated": str,
    "available": str,
    "note": str,
    "custom_note": str,
    "website": str,
    "county": str,
    "town": str,
    "cunli": str,
    "service_periods": str,
}
"""The properties of the file as it was published in 2020 and 2022 (docs/api.md), and no others."""

CODE = re.compile(r"\((02|03|037|04|049|05|06|07|08|082|0826|0836|089)\)\d+$")
"""Taiwan's area codes, as the file writes them."""

SHORT = "NNNNNNYNNNNNNYNNNNNNY"
"""Closed on Sundays."""


@pytest.fixture(scope="module")
def content(any_feed: Snapshot) -> bytes:
    """The answer as it is sent."""
    return bytes(client(any_feed).get("/api/points.json").data)


@pytest.fixture(scope="module")
def features(content: bytes) -> dict[str, dict]:
    """Pharmacy id → its feature."""
    return {one["properties"]["id"]: one for one in json.loads(content)["features"]}


def _small(**changes: object) -> Snapshot:
    """The small feed with its first pharmacy changed and on the map."""
    before = small_feed.snapshot()
    first = replace(before.catalog.pharmacies[0], location=Location(121.543, 25.026), **changes)
    return replace(before, catalog=Catalog.of((first, *before.catalog.pharmacies[1:])))


def _only(snapshot: Snapshot, now: object = small_feed.NOW) -> dict:
    """The properties of the one feature of a small feed."""
    (one,) = client(snapshot, now).get("/api/points.json").json["features"]
    return one["properties"]


def test_it_is_geojson(content: bytes) -> None:
    """RFC 7946, by a validator."""
    collection = geojson.loads(content)
    assert isinstance(collection, geojson.FeatureCollection)
    assert collection.errors() == []


def test_each_count_and_place_is_that_of_the_files(
    features: dict[str, dict], material: Path
) -> None:
    """Row by row of the feed: those with a place are there, with its counts and time."""
    places = {
        row[0]: [float(row[1]), float(row[2])]
        for row in rows_of(material / "data" / "locations.csv")
    }
    rows = [row for row in rows_of(material / "data" / FEED) if row[0] in places]
    assert len(features) == len(rows) >= 590
    for identity, name, *_, adult, child, time in rows:
        told = features[identity]["properties"]
        counts = told["mask_adult"], told["mask_child"], told["updated"]
        assert counts == (int(adult), int(child), time)
        assert told["name"] == name
        assert features[identity]["geometry"]["coordinates"] == places[identity]


def test_each_feature_has_the_properties_of_2020(features: dict[str, dict]) -> None:
    """All fifteen, each of its type, so that no map meets undefined."""
    for one in features.values():
        assert {key: type(value) for key, value in one["properties"].items()} == TYPES


def test_places_are_named_as_those_maps_name_them(
    features: dict[str, dict], material: Path
) -> None:
    """County and town of the official list where it has them, with 臺."""
    official = {row[0]: row[1:3] for row in rows_of(material / "data" / "districts-official.csv")}
    known = [identity for identity in features if identity in official]
    assert len(known) > 590
    for identity in known:
        told = features[identity]["properties"]
        assert [told["county"], told["town"]] == [
            name.replace("台", "臺") for name in official[identity]
        ]


def test_telephones_stand_as_in_the_file(features: dict[str, dict], material: Path) -> None:
    """To the letter, where the file has a real area code and a number that can be dialled."""
    rows = [row for row in rows_of(material / "data" / FEED) if row[0] in features]
    told = [(row[3], features[row[0]]["properties"]["phone"]) for row in rows]
    sound = [pair for pair in told if CODE.match(pair[0]) and digits(pair[0]) == digits(pair[1])]
    assert len(sound) > 0.99 * len(rows)
    assert all(raw == written for raw, written in sound)


def digits(text: str) -> str:
    """Those of a telephone number."""
    return re.sub(r"\D", "", text)


def test_hours_are_told_in_both_forms() -> None:
    """As the published file has them: 21 characters, and in words from Monday's morning."""
    told = _only(_small(hours=Hours(SHORT, "週日公休")))
    words = told["available"].split("、")
    assert told["service_periods"] == SHORT
    assert len(words) == 21
    assert words[0] == "星期一上午看診"
    assert words[6] == "星期日上午休診"
    assert words[20] == "星期日晚上休診"
    assert told["note"] == "週日公休"


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ("0227653147", "(02)27653147"),
        ("037323456", "(037)323456"),
        ("0912345678", "0912345678"),
        ("", ""),
    ],
)
def test_telephones_are_written_as_in_the_feed(phone: str, written: str) -> None:
    """The area code in brackets."""
    assert _only(_small(phone=phone))["phone"] == written


def test_no_markup_reaches_a_map() -> None:
    """Those maps put the words into their page as HTML: a tag of the feed is none any more."""
    script = "<img src=x onerror=alert(1)>"
    answer = client(_small(name=f"{script}藥局", hours=Hours("", script))).get("/api/points.json")
    assert b"<" not in answer.data
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == "application/geo+json"


def test_counts_over_a_day_old_are_not_told() -> None:
    """As the published file writes a pharmacy without data: no time, so a map says 無資料."""
    told = _only(_small(), small_feed.NOW + timedelta(days=2))
    assert (told["mask_adult"], told["mask_child"], told["updated"]) == (0, 0, "")


def test_rapid_tests_are_not_called_masks() -> None:
    """They stand under a name of their own, and no masks are claimed."""
    masks = _small()
    identity = masks.catalog.pharmacies[0].id
    kits = replace(
        masks, feed="rapid_tests", products=(TEST_KIT,), stocks={identity: {"rapid_test": 78}}
    )
    told = _only(kits)
    assert (told["rapid_test"], told["mask_adult"], told["mask_child"]) == (78, 0, 0)
    assert told["updated"] == "2020/03/03 11:24:00"


def test_it_comes_zipped_to_whoever_can_read_that(any_feed: Snapshot, content: bytes) -> None:
    """The same bytes, a tenth or so of them on the way."""
    answer = client(any_feed).get("/api/points.json", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.data) == content
    refused = client(any_feed).get("/api/points.json", headers={"Accept-Encoding": "gzip;q=0"})
    assert refused.data == content
    assert refused.headers["ETag"] != answer.headers["ETag"]


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_is_known_is_not_sent_again(encoding: str) -> None:
    """304 by tag and by time; a new count is a new tag; withheld counts are never "unchanged"."""
    accept = {"Accept-Encoding": encoding}
    caller = client(_small())
    first = caller.get("/api/points.json", headers=accept)
    by_tag = {**accept, "If-None-Match": first.headers["ETag"]}
    by_time = {**accept, "If-Modified-Since": first.headers["Last-Modified"]}
    for known in (by_tag, by_time):
        again = caller.get("/api/points.json", headers=known)
        assert (again.status_code, again.data) == (304, b"")
    changed = _small()
    changed = replace(changed, stocks={**changed.stocks, "5901010101": {"adult_mask": 1}})
    assert client(changed).get("/api/points.json", headers=by_tag).status_code == 200
    later = client(_small(), small_feed.NOW + timedelta(days=2))
    for known in (by_tag, by_time):
        assert later.get("/api/points.json", headers=known).status_code == 200


def test_a_map_finds_it_where_it_looks() -> None:
    """Relative to its own page, and with what a social network hangs on the address."""
    caller = client(_small())
    expected = caller.get("/api/points.json").data
    assert caller.get("/json/points.json?fbclid=IwAR2").data == expected
    assert caller.get("/json/points.json").headers["Access-Control-Allow-Origin"] == "*"


def test_a_renewed_feed_is_told_at_once() -> None:
    """What is kept of a snapshot is not told of the next one."""
    now = [_small()]
    caller = renewed_api(lambda: now[0]).test_client()

    def told() -> tuple[int, int]:
        (one,) = caller.get("/api/points.json").json["features"]
        left = caller.get("/api/v1/districts/台北市大安區").json["left"]
        return one["properties"]["mask_adult"], left["adult_mask"]

    assert told() == (120, 240)
    now[0] = replace(now[0], stocks={**now[0].stocks, "5901010101": {"adult_mask": 1}})
    assert told() == (1, 121)
