"""Landmarks lie where the pharmacies of their district and of their street are."""

from collections import Counter

import pytest

from shared.catalog import Location, Snapshot
from shared.places.landmarks import Landmark, LandmarkKind, landmark_named, landmarks
from shared.query import nearest
from shared.query.near import great_circle_metres, points_of

_EDGE_M = 2_000
"""高雄長庚 lies at the edge of 鳥松區: the twelve next to it are of 鳳山區."""

_STREET_M = 3_500
"""Pharmacies on the same street; 中山路 of 彰化市 is as long as that."""


@pytest.mark.real
def test_every_landmark_lies_in_its_district(any_feed: Snapshot) -> None:
    """Among the twelve pharmacies next to it some are of its district, or one is within 2 km."""
    for landmark in landmarks():
        here = point(landmark)
        around = {one.district for one in nearest(any_feed.catalog, here, 12)}
        assert landmark.district in around or min(distances(any_feed, landmark)) < _EDGE_M, landmark


@pytest.mark.real
def test_every_landmark_lies_on_its_street(any_feed: Snapshot) -> None:
    """Where pharmacies of its district are on its street, one of them is not far: each half of the
    landmarks that have such a street has one within 400 m."""
    near = sorted(
        min(found)
        for one in landmarks()
        if one.road and (found := distances(any_feed, one, one.road))
    )
    assert len(near) > 90
    assert near[len(near) // 2] < 400
    assert near[-1] < _STREET_M


def point(landmark: Landmark) -> Location:
    """Where it is."""
    return Location(landmark.longitude, landmark.latitude)


def distances(any_feed: Snapshot, landmark: Landmark, road: str = "") -> list[float]:
    """Metres to each pharmacy of its district (on that road) whose point is known."""
    points = points_of(any_feed.catalog)
    return [
        great_circle_metres(point(landmark), points[one.id])
        for one in any_feed.catalog.by_district[landmark.district]
        if one.id in points and road in ("", one.address.road)
    ]


def test_landmarks_are_named_once() -> None:
    """The full name of a landmark is no other's; one name of one kind is one place."""
    named = Counter((landmark.kind, landmark.name) for landmark in landmarks())
    assert max(named.values()) == 1
    others = [one for one in landmarks() if not one.key.endswith("站")]
    assert len({one.key for one in others}) == len(others)
    assert all(landmark_named()[one.key] == one for one in others)


def test_the_places_that_people_name_are_there() -> None:
    """Stations, the medical centres and regional hospitals, universities, markets."""
    kinds = Counter(landmark.kind for landmark in landmarks())
    assert kinds[LandmarkKind.RAILWAY] + kinds[LandmarkKind.METRO] >= 150
    assert kinds[LandmarkKind.HOSPITAL] >= 90
    assert kinds[LandmarkKind.UNIVERSITY] >= 40
    assert kinds[LandmarkKind.MARKET] >= 45
    assert kinds[LandmarkKind.AREA] >= 100


@pytest.mark.parametrize(
    ("name", "district"),
    [
        ("西門町", "台北市萬華區"),
        ("天母", "台北市士林區"),
        ("木柵", "台北市文山區"),
        ("台北東區", "台北市大安區"),
        ("逢甲", "台中市西屯區"),
        ("南崁", "桃園市蘆竹區"),
        ("竹科", "新竹市東區"),
        ("九份", "新北市瑞芳區"),
        ("墾丁", "屏東縣恆春鎮"),
    ],
)
def test_a_part_of_town_has_a_point_of_its_own(name: str, district: str) -> None:
    """What is near there is counted from it, and not from the whole district."""
    assert landmark_named()[name].kind is LandmarkKind.AREA
    assert landmark_named()[name].district.key == district


def test_stations_are_called_as_people_call_them() -> None:
    """「板橋車站」, 「捷運龍山寺站」, 「高鐵左營站」."""
    said = {(one.kind, name) for one in landmarks() for name in one.spoken}
    assert (LandmarkKind.RAILWAY, "板橋車站") in said
    assert (LandmarkKind.RAILWAY, "台北火車站") in said
    assert (LandmarkKind.METRO, "捷運龍山寺站") in said
    assert (LandmarkKind.METRO, "捷運台北站") in said
    assert (LandmarkKind.HIGH_SPEED_RAIL, "高鐵左營站") in said
