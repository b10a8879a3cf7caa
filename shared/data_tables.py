"""The tables in YAML that stand beside the code which reads them."""

from importlib import resources
from typing import Any

import yaml


def table_of(package: str, name: str) -> Any:
    """What the file `name` of `package` holds, as YAML has it: no types are promised."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return yaml.safe_load(text)
