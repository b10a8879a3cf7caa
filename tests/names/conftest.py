"""The names of the real file of 3 March 2020, indexed once."""

from pathlib import Path

import pytest

from shared.feed.load import load_snapshot
from shared.names.index import NameIndex, index_of

_MATERIAL = Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of real data beside the checkout."""
    if not (_MATERIAL / "data" / "maskdata-20200303.csv").exists():
        pytest.fail("../shared with the real data is not beside the checkout; see README")
    return _MATERIAL


@pytest.fixture(scope="session")
def index(material: Path) -> NameIndex:
    """All 6,588 pharmacies of that day."""
    return index_of(load_snapshot(str(material / "data" / "maskdata-20200303.csv")).catalog)
