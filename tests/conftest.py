"""Two kinds of material: samples of our own, and the real files that may lie beside the checkout.

A test that takes `material` runs on the samples and on the real files; one that is marked `real`
holds for the real files alone. Where they are not there, what wants them is left out and named;
`--demand-real` (as .ci/run has it) is an error then.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import samples
from shared.catalog import Snapshot
from shared.feed.load import load_snapshot
from shared.names.index import NameIndex, index_of

_SIGNED = re.compile(r"^[\w-]+\.[\w-]{6}\.[\w-]{15,}")
"""As itsdangerous has it: content, time, signature."""

_LEFT_OUT = pytest.StashKey[int]()

_TOGETHER = ("tests/hosts", "tests/soak", "tests/sip")
"""Folders whose tests take turns: they lay one network, or measure what they do to a machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--demand-real`."""
    told = "fail where the real files are not there, instead of leaving their tests out"
    parser.addoption("--demand-real", action="store_true", help=told)


def pytest_configure(config: pytest.Config) -> None:
    """The marker, and what is demanded."""
    config.addinivalue_line("markers", "real: wants the real files (CONTRIBUTING.md)")
    config.stash[_LEFT_OUT] = 0
    if config.getoption("--demand-real") and (why := samples.without_real()):
        raise pytest.UsageError(f"the suite `real` is demanded, but {why}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On which material a test runs that takes any."""
    if "material" not in metafunc.fixturenames:
        return
    folders = [
        pytest.param(samples.SAMPLES, id="samples"),
        pytest.param(samples.REAL, id="real", marks=pytest.mark.real),
    ]
    metafunc.parametrize("material", folders, indirect=True, scope="session")


def pytest_make_parametrize_id(val: object) -> str | None:
    """What is signed bears the second in which it was: workers would collect other names."""
    return "signed" if isinstance(val, str) and _SIGNED.search(val) else None


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what wants files that are not there; what is marked `real` is not for samples.

    The tests of a file go to one worker, so that what they share is made once.
    """
    items[:] = [item for item in items if not (_is_real(item) and _on_samples(item))]
    for item in items:
        file = item.nodeid.partition("::")[0]
        group = next((one for one in _TOGETHER if file.startswith(one)), file)
        item.add_marker(pytest.mark.xdist_group(group))
    if not samples.missing():
        return
    wants = [item for item in items if _is_real(item)]
    config.stash[_LEFT_OUT] = len(wants)
    config.hook.pytest_deselected(items=wants)
    items[:] = [item for item in items if not _is_real(item)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands on what it left out."""
    if output := getattr(session.config, "workeroutput", None):
        output["left_out"] = session.config.stash[_LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Each worker has collected, and so left out, the same."""
    left_out = getattr(node, "workeroutput", {}).get("left_out", 0)
    node.config.stash[_LEFT_OUT] = max(node.config.stash[_LEFT_OUT], left_out)


def _is_real(item: pytest.Item) -> bool:
    return item.get_closest_marker("real") is not None


def _on_samples(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)  # none where a test takes no parameters
    return call is not None and call.params.get("material") == samples.SAMPLES


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The suite that was left out, how much it is, and why."""
    if left_out := config.stash[_LEFT_OUT]:
        told = f"left out: the suite `real`, {left_out} tests: {samples.without_real()}"
        terminalreporter.write_line(told, yellow=True)


@pytest.fixture(scope="session")
def material(request: pytest.FixtureRequest) -> Path:
    """The folder with data/ and spoken/: the samples, or the real files."""
    folder = request.param
    assert isinstance(folder, Path)
    return folder


@pytest.fixture(scope="session")
def any_feed(material: Path) -> Snapshot:
    """Its mask file with hours and coordinates."""
    return _feed_of(material)


@cache
def _feed_of(material: Path) -> Snapshot:
    data = material / "data"
    return load_snapshot(
        str(data / samples.FEED),
        hours=str(data / "hours-sample.csv"),
        locations=str(data / "locations.csv"),
    )


@pytest.fixture(scope="session")
def index(material: Path) -> NameIndex:
    """The names of its pharmacies, indexed once."""
    return _index_of(material)


@cache
def _index_of(material: Path) -> NameIndex:
    return index_of(_feed_of(material).catalog)
