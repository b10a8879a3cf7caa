"""A line and a telephone for each test; their wave files stay under build/calls."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sip.registrar import Registrar, RegistrarByTcp
from tests.sip.rig import Rig
from tests.sip.softphone import Softphone

KEPT = Path(__file__).parents[2] / "build" / "calls"


@pytest.fixture
def rig_of(tmp_path: Path) -> Iterator[Callable[..., Rig]]:
    """`rig_of(voice=False, calls=1)`: a line with these settings."""
    with ExitStack() as stack:  # each is stopped, though another would not stop

        def make(**options: object) -> Rig:
            rig = Rig(tmp_path / "var", **options)  # type: ignore[arg-type]
            stack.callback(rig.stop)
            return rig

        yield make


@pytest.fixture
def phone_of(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Softphone]]:
    """`phone_of(rig, codec="PCMA")`: a telephone beside it; what it heard is kept."""
    phones: list[Softphone] = []

    def make(rig: Rig, **options: str) -> Softphone:
        folder = tmp_path / f"phone{len(phones)}"
        phones.append(Softphone(folder, rig.line.port, **options))
        return phones[-1]

    yield make
    kept = KEPT / request.node.name
    shutil.rmtree(kept, ignore_errors=True)
    for number, phone in enumerate(phones):
        phone.close()
        kept.mkdir(parents=True, exist_ok=True)
        for file in (tmp_path / f"phone{number}").glob("dump-*.wav"):
            shutil.copy(file, kept / f"{number}-{file.name.rpartition('-')[2]}")


@pytest.fixture
def provider_by_tcp() -> Iterator[RegistrarByTcp]:
    """The same, which takes connections and no datagram."""
    made = RegistrarByTcp()
    yield made
    made.close()


@pytest.fixture
def provider() -> Iterator[Registrar]:
    """A registrar that wants a password."""
    made = Registrar()
    yield made
    made.close()
