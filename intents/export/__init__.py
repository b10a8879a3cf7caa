"""Files to upload to each platform, made from the contract and its sentences.

Every export is repeatable to the byte: the same sentences and the same pharmacies give the same
files, so that a change shows in a comparison.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from intents.export import alexa, assist, dialogflow
from shared.catalog import Catalog

PLATFORMS: Mapping[str, Callable[[Catalog, str], Mapping[str, bytes]]] = {
    "alexa": alexa.skill_package,
    "dialogflow": lambda *given: {"mask-line-agent.zip": dialogflow.agent_zip(*given)},
    "assist": lambda *_: assist.configuration(),
}
"""Platform → what makes its files of the pharmacies and the address of this service."""


def export(platform: str, out: Path, catalog: Catalog, public_url: str = "") -> list[Path]:
    """Write what `platform` reads below `out`; the files, in order.

    `public_url`: where this service is reached by the platform (https://line.example.tw); without
    it the files name a placeholder.
    """
    files = PLATFORMS[platform](catalog, public_url or "https://mask-line.example")
    written = []
    for name, content in sorted(files.items()):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written
