"""Files to upload to each platform, made from the contract and its sentences.

Every export is repeatable to the byte: the same sentences and the same pharmacies give the same
files, so that a change shows in a comparison.
"""

from collections.abc import Mapping
from pathlib import Path

from intents.export import alexa, assist, dialogflow
from shared.catalog import Catalog

PLATFORMS = ("alexa", "dialogflow", "assist")


def export(platform: str, out: Path, catalog: Catalog, public_url: str = "") -> list[Path]:
    """Write what `platform` reads below `out`; the files, in order.

    `public_url`: where this service is reached by the platform (https://line.example.tw); without
    it the files name a placeholder. Raises ValueError for a platform that is none of PLATFORMS.
    """
    files = _files(platform, catalog, public_url or "https://mask-line.example")
    written = []
    for name, content in sorted(files.items()):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def _files(platform: str, catalog: Catalog, public_url: str) -> Mapping[str, bytes]:
    match platform:
        case "alexa":
            return alexa.skill_package(catalog, public_url)
        case "dialogflow":
            return {"mask-line-agent.zip": dialogflow.agent_zip(catalog, public_url)}
        case "assist":
            return assist.configuration()
    raise ValueError(f"{platform!r} is none of {', '.join(PLATFORMS)}")
