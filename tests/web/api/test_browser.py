"""The API in a real browser: its page, and Leaflet drawing points.json as the maps of 2020 did."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app import create_app
from samples import FEED
from settings import Settings
from tests.real import rows_of
from tests.web.serving import SCRIPT, keep, serving
from web import phone

LEAFLET = Path(phone.__file__).parent / "static" / "vendor" / "leaflet.js"

MAP = """
async address => {
  document.body.innerHTML = '<div id="map" style="height: 400px"></div>';
  const map = L.map('map', {preferCanvas: true}).setView([23.7, 120.9], 7);
  const points = await (await fetch(address)).json();
  const grey = [], counties = {};
  const layer = L.geoJSON(points, {
    pointToLayer: (feature, where) => L.circleMarker(where),
    onEachFeature: (feature, marker) => {
      const p = feature.properties;
      if (p.updated === '') grey.push(p.id);
      p.updated.substring(11);
      p.service_periods.split('');
      counties[p.county] = (counties[p.county] || 0) + p.mask_adult + p.mask_child;
      marker.bindPopup(`<h3>${p.name}</h3><p>${p.address}</p><p>${p.note}</p>`);
    },
  }).addTo(map);
  const scripted = layer.getLayers().find(one => one.feature.properties.name.includes('onerror'));
  scripted.openPopup();
  await new Promise(done => setTimeout(done, 300));
  const {lat, lng} = scripted.getLatLng();
  return {count: layer.getLayers().length, grey: grey.length, counties, lat, lng,
          shown: document.querySelector('.leaflet-popup h3').innerText};
}
"""
"""Written anew: what scripts that read the file of 2020 do with a feature (docs/api.md)."""


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory, material: Path) -> Iterator[str]:
    """The whole service on a whole feed; the name of 榮星藥局 is a script."""
    folder = tmp_path_factory.mktemp("line")
    feed = (material / "data" / FEED).read_text(encoding="utf-8-sig")
    (folder / "feed.csv").write_text(feed.replace("榮星藥局", SCRIPT), encoding="utf-8")
    settings = Settings(
        feed_url=str(folder / "feed.csv"),
        locations_url=str(material / "data" / "locations.csv"),
        data_dir=str(folder),
        secret_key="key",
    )
    app = create_app(settings)
    app.extensions["feed"].renew()  # wholly, with its places, however slow the machine
    with serving(app) as address:
        yield address


def test_a_map_of_another_site_draws_every_pharmacy(
    browser: Browser, line: str, material: Path
) -> None:
    """Fetched across origins, the points at their places; a script in a name stays words."""
    page = browser.new_page()
    page.add_script_tag(path=LEAFLET)
    found = page.evaluate(MAP, f"{line}json/points.json")
    known = {row[0] for row in rows_of(material / "data" / FEED)}
    placed = {row[0] for row in rows_of(material / "data" / "locations.csv")}
    assert found["count"] == len(known & placed)
    assert found["grey"] == 0
    assert len(found["counties"]) == 22
    assert "臺北市" in found["counties"]
    assert (found["lat"], found["lng"]) == pytest.approx((25.05, 121.55), abs=0.05)
    assert "onerror" in found["shown"]
    assert page.title() == ""
    page.close()


def test_the_page_is_for_everyone(page: Page, line: str) -> None:
    """axe finds nothing to complain of; it does not scroll sideways; a link answers."""
    page.goto(f"{line}api")
    assert Axe().run(page).response["violations"] == []
    keep(page, "api")
    with page.expect_response(lambda answer: "/api/v1/districts/106" in answer.url) as answered:
        page.click('a[href="/api/v1/districts/106"]')
    assert answered.value.json()["key"] == "台北市大安區"
