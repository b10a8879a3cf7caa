"""The answers beside the files they come from, and whatever cannot be answered."""

import math
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from samples import FEED
from shared.catalog import Snapshot
from shared.places.districts import all_districts, by_key
from shared.query import find_pharmacies
from tests import small_feed
from tests.real import rows_of
from tests.web.api.serving import client, renewed_api
from web.middleware import wrap

SMALL = small_feed.snapshot()

ABOUT = {"feed", "demo", "recorded", "source_time", "age_seconds", "withheld"}

ROUTES = (
    "/api/v1/districts",
    "/api/v1/districts/106",
    "/api/v1/pharmacies?district=106",
    "/api/v1/pharmacies/5901010101",
    "/api/v1/nearest?lat=25.03&lon=121.54",
    "/api/v1/resolve?heard=大安區",
    "/api/v1/ask?q=台北市大安區還有口罩嗎",
)


@pytest.fixture(scope="module")
def caller(any_feed: Snapshot) -> FlaskClient:
    """A caller of the API on a whole feed."""
    return client(any_feed)


def test_each_pharmacy_has_the_counts_of_its_row(caller: FlaskClient, material: Path) -> None:
    """Every tenth row of the feed, asked for by its id."""
    for identity, name, _, _, adult, child, _ in rows_of(material / "data" / FEED)[::10]:
        told = caller.get(f"/api/v1/pharmacies/{identity}").json
        assert told["name"] == name
        assert told["left"] == {"adult_mask": int(adult), "child_mask": int(child)}


def test_the_districts_add_up_to_the_feed(
    caller: FlaskClient, any_feed: Snapshot, material: Path
) -> None:
    """368 of them; each the sum of its pharmacies' rows, all together the sum of the column."""
    rows = {row[0]: (int(row[4]), int(row[5])) for row in rows_of(material / "data" / FEED)}
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for pharmacy in any_feed.catalog.pharmacies:
        for place, count in enumerate(rows[pharmacy.id]):
            sums[pharmacy.district.key][place] += count
    told = caller.get("/api/v1/districts").json["districts"]
    assert [one["key"] for one in told] == [one.key for one in all_districts()]
    for one in told:
        adult, child = sums[one["key"]]
        assert one["left"] == {"adult_mask": adult, "child_mask": child}
    assert sum(one["left"]["adult_mask"] for one in told) == sum(a for a, _ in rows.values())
    assert sum(one["pharmacies"] for one in told) == len(rows)


def test_a_district_is_found_by_code_and_by_either_spelling(caller: FlaskClient) -> None:
    """The same answer, with the names that go with it."""
    told = [
        caller.get(f"/api/v1/districts/{name}").json
        for name in ("106", "台北市大安區", "臺北市大安區")
    ]
    assert told[0] == told[1] == told[2]
    assert told[0]["postal_code"] == "106"
    assert told[0]["english"] == "Da'an District, Taipei City"


def test_a_shared_code_lists_its_districts(caller: FlaskClient) -> None:
    """600 is that of two in 嘉義市."""
    answer = caller.get("/api/v1/districts/600")
    assert answer.status_code == 404
    assert set(answer.json["districts"]) == {"嘉義市東區", "嘉義市西區"}


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Along a sphere of mean radius, by the spherical law of cosines."""
    a, b = math.radians(lat), math.radians(other_lat)
    angle = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(
        math.radians(other_lon - lon)
    )
    return 6_371_008.8 * math.acos(min(1, angle))


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (25.033, 121.543),
        (24.147, 120.673),
        (22.6273, 120.3014),
        (23.5711, 119.5793),
        (26.36, 120.48),
    ],
)
@pytest.mark.parametrize("product", ["adult_mask", "child_mask"])
def test_the_nearest_are_those_of_a_search_through_all(
    caller: FlaskClient, lat: float, lon: float, product: str, material: Path
) -> None:
    """Twenty with stock, nearest first, with their metres."""
    column = {"adult_mask": 4, "child_mask": 5}[product]
    places = {
        row[0]: (float(row[2]), float(row[1]))
        for row in rows_of(material / "data" / "locations.csv")
    }
    stocked = [
        row[0]
        for row in rows_of(material / "data" / FEED)
        if row[0] in places and int(row[column]) > 0
    ]
    distances = sorted(_metres(lat, lon, *places[identity]) for identity in stocked)
    asked = f"/api/v1/nearest?lat={lat}&lon={lon}&product={product}&limit=20"
    told = caller.get(asked).json["pharmacies"]
    assert [one["metres"] for one in told] == pytest.approx(distances[:20], abs=1)
    for one in told:
        assert _metres(lat, lon, *places[one["id"]]) == pytest.approx(one["metres"], abs=1)


@pytest.mark.real
def test_a_district_is_told_in_the_line_s_order(caller: FlaskClient, any_feed: Snapshot) -> None:
    """For each caller's seed the order in which the line tells the pharmacies."""
    district, firsts = by_key()["新北市板橋區"], set()
    for seed in range(5):
        told = caller.get(f"/api/v1/pharmacies?district=220&product=child_mask&seed={seed}").json
        expected = find_pharmacies(
            any_feed, district, any_feed.products[1], any_feed.source_time, seed=seed
        )
        assert [one["id"] for one in told["pharmacies"]] == [one.id for one in expected]
        firsts.add(told["pharmacies"][0]["id"])
    assert len(firsts) > 1  # five people are not all sent to one


def test_what_was_heard_is_resolved_by_sound(caller: FlaskClient) -> None:
    """The pharmacy of the README."""
    told = caller.get("/api/v1/resolve", query_string={"heard": "三重期康熙要局"}).json
    assert told["pharmacies"][0]["name"] == "康希藥局"
    assert set(told) == ABOUT | {"heard", "districts", "pharmacies", "sure"}


@pytest.mark.parametrize(
    ("question", "lang", "outcome", "word"),
    [
        ("台北市大安區還有口罩嗎", "zh-TW", "Found", "大安區"),
        ("masks in Taipei City Da'an District", "en-US", "Found", "Da'an"),
        ("大安區還有口罩嗎", "zh-TW", "AmbiguousPlace", "大安區"),
    ],
)
def test_a_question_is_answered_as_the_line_answers(
    question: str, lang: str, outcome: str, word: str
) -> None:
    """The spoken sentence, and what kind of answer it is."""
    told = client(SMALL).get("/api/v1/ask", query_string={"q": question, "lang": lang}).json
    assert told["outcome"] == outcome
    assert word in told["text"]
    assert told["locale"] == lang


@pytest.mark.parametrize("route", ROUTES)
def test_every_answer_tells_the_age_of_its_counts(route: str) -> None:
    """A minute after they were taken, and nothing is withheld."""
    answer = client(SMALL).get(route)
    assert answer.status_code == 200
    assert answer.json["source_time"] == "2020-03-03T11:24:00+08:00"
    assert answer.json["age_seconds"] == 60
    assert answer.json["withheld"] is None
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("route", ROUTES)
def test_over_a_day_old_no_count_is_told(route: str) -> None:
    """The reason instead; places and telephones stay, so that one can ask there."""
    answer = client(SMALL, small_feed.NOW + timedelta(days=2)).get(route)
    assert answer.status_code == 200
    assert "older than 24 hours" in answer.json["withheld"]
    assert '"left":{' not in answer.text
    if "pharmacies" in route:
        assert "0227001001" in answer.text


@pytest.mark.parametrize("route", [*ROUTES, "/api/points.json"])
def test_without_a_feed_it_says_so(route: str) -> None:
    """503 as RFC 9457 has it, and when to ask again."""
    answer = client(None).get(route)
    assert answer.status_code == 503
    assert answer.content_type == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("route", ROUTES[:5])
def test_what_is_known_is_not_sent_again(route: str) -> None:
    """The tag stays while only the age goes on, and changes with a count."""
    first = client(SMALL).get(route)
    known = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Cache-Control"] == "public, max-age=30"
    soon = client(SMALL, small_feed.NOW + timedelta(seconds=20))
    assert soon.get(route, headers=known).status_code == 304
    late = client(SMALL, small_feed.NOW + timedelta(days=2))
    assert late.get(route, headers=known).status_code == 200


@pytest.mark.parametrize(
    ("route", "status", "word"),
    [
        ("/api/v1/nearest", 400, "lat"),
        ("/api/v1/nearest?lat=25", 400, "lon"),
        ("/api/v1/nearest?lat=nan&lon=121", 400, "Taiwan"),
        ("/api/v1/nearest?lat=1e400&lon=121", 400, "Taiwan"),
        ("/api/v1/nearest?lat=121.5&lon=25", 400, "north"),
        ("/api/v1/nearest?lat=٢٥&lon=١٢١", 400, "Degrees"),
        ("/api/v1/nearest?lat=25&lon=121&limit=0", 400, "from 1 to 50"),
        ("/api/v1/nearest?lat=25&lon=121&limit=５", 400, "from 1 to 50"),
        ("/api/v1/nearest?lat=25&lon=121&product=rapid_test", 404, "adult_mask, child_mask"),
        ("/api/v1/pharmacies", 404, "postal code"),
        ("/api/v1/pharmacies?district=", 404, "postal code"),
        ("/api/v1/pharmacies?district=106&seed=-1", 400, "seed"),
        ("/api/v1/pharmacies?district=106&product=", 404, "adult_mask"),
        ("/api/v1/pharmacies/x", 404, "10 characters"),
        ("/api/v1/pharmacies/" + "9" * 9000, 404, "10 characters"),
        ("/api/v1/pharmacies/..%2f..%2fetc%2fpasswd", 404, "nothing"),
        ("/api/v1/districts/999", 404, "106"),
        ("/api/v1/districts/<script>", 404, "106"),
        ("/api/v1/resolve", 400, "heard"),
        ("/api/v1/resolve?heard=" + "口" * 501, 400, "500"),
        ("/api/v1/ask?q=", 400, "q"),
        ("/api/v1/ask?q=口罩&lang=zh-CN", 400, "zh-TW"),
        ("/api/v2/ask", 404, "/api"),
    ],
)
def test_bad_input_is_told_what_to_give(route: str, status: int, word: str) -> None:
    """A problem in a clear sentence that names the parameter or what would be right."""
    answer = client(SMALL).get(quote(route, safe="/?=&%"))
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert word in answer.json["detail"]
    assert "<" not in answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("route", [*ROUTES, "/api/points.json", "/json/points.json"])
def test_whoever_asks_too_often_is_told_when_to_ask_again(route: str) -> None:
    """429 as RFC 9457 has it, and any page may read it."""
    answer = renewed_api(lambda: SMALL, allow=lambda *_: False).test_client().get(route)
    assert answer.status_code == 429
    assert answer.content_type == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_fault_of_ours_is_told_as_any_other() -> None:
    """500 as RFC 9457 has it, and any page may read it."""

    def breaks() -> Snapshot | None:
        raise RuntimeError("with somebody's words")

    app = renewed_api(breaks)
    wrap(app, "1922", machines=("/api/",))
    answer = app.test_client().get("/api/v1/districts")
    assert answer.status_code == answer.json["status"] == 500
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "words" not in answer.text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(method: str) -> None:
    """405 with what may be done."""
    send: Callable = getattr(client(SMALL), method)
    answer = send("/api/v1/districts")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.content_type == "application/problem+json"


def test_the_page_shows_every_route_and_needs_nothing_from_elsewhere() -> None:
    """Each path of the document, its own styles, no script, and every link to try works."""
    caller = client(SMALL)
    page = caller.get("/api")
    document = caller.get("/api/openapi.json").json
    assert all(f"<code>GET {path}</code>" in page.text for path in document["paths"])
    assert "<script" not in page.text
    assert "http://" not in page.text + page.headers["Content-Security-Policy"]
    links = [unescape(part.split('"')[0]) for part in page.text.split('href="/')[1:]]
    assert len(links) >= 8
    for link in links:
        with caller.get(f"/{link}") as answer:
            assert answer.status_code == 200, link
