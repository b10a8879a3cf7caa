"""Values → bytes of a file, the same for the same values on every machine."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import yaml

# A zip file keeps a time for each file; this is the earliest that the format can hold.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def json_bytes(value: Any, indent: int | None = 2) -> bytes:
    """Sorted keys, so that the order in which a value was built does not show."""
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(
        value, ensure_ascii=False, indent=indent, sort_keys=True, separators=separators
    )
    return (text + "\n").encode()


def yaml_bytes(value: Any, comment: str = "") -> bytes:
    """YAML as people write it, in the order in which `value` was built, behind a `comment`."""
    head = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
    return (head + text).encode()


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of `files`, by name."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in sorted(files.items()):
            zipped.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()
