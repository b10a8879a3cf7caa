"""How many files of the product a dozen changes touch: `python .ci/changes.py [REVISION…]`.

A change is measured by one like it that was made already: the files that name the thing at a
revision are those that had to be touched to add it. Not counted: tests, documents, samples,
benchmarks, files made for it alone (the folder of a channel, the sentences of a language), and
Python that names it in a comment or a docstring alone, as an example.
"""

import io
import re
import subprocess
import sys
import tokenize
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

_PRODUCT = re.compile(r"\.(py|yaml|js|csv|html|css)$")
_NOT_PRODUCT = re.compile(
    r"^(tests|docs|bench|soak|samples|checks|deploy|\.|custom_components)|web/static/vendor|openapi"
)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that people will want to add, and one of its kind that is there."""

    what: str
    named: str
    """a pattern of what a file says that knows of it"""
    own: str = "$^"
    """a pattern of the paths that are its alone"""


CHANGES = (
    Change("a question (when is this from: datatime)", r"\bdatatime\b|DATATIME|DataTime"),
    Change(
        "a question with one sentence for its answer (topic.receipt)",
        r"topic[._]receipt",
        r"everyday|acts\.py",  # what it may be taught with further; a docstring
    ),
    Change(
        "a language (Japanese)",
        r"ja[-_]JP|[Jj]apanese",
        # its own; then examples in docstrings, and a comment on how Japan writes a character
        r"ja-JP|japanese|kana|locales/__init__|speech/syllables|skills/typed|nlu/fit|former\.yaml",
    ),
    Change(
        "a channel (LINE)",
        r"skills\.line|LINE_CHANNEL|line_channel|^  line:",
        r"skills/line",
    ),
    Change(
        "a channel with an export, a command and understanding of its own (Dialogflow)",
        r"[Dd]ialogflow|DIALOGFLOW",
        r"dialogflow",
    ),
    Change(
        "a favourite pharmacy (as the last district)",
        r"\"usual\"|\bUSUAL\b|^  usual:|\b(FROM|INTO|EXISTS) usual\b|\bremembered: str",
    ),
    Change("a product (rapid tests)", r"rapid_test"),
    Change("a setting (TRUSTED_PROXIES)", r"trusted_proxies|TRUSTED_PROXIES"),
    Change("a kind of landmark (high-speed rail)", r"high_speed_rail|HIGH_SPEED_RAIL"),
    Change("a column of the feed (brand)", r"\"brand\"|^ +brand:"),
    Change("a metric (age of the feed)", r"mask_line_feed_age|feed_age_seconds"),
    Change("a rule of buying (proxy)", r"\bproxy_child\b|proxy_child"),
)


def main() -> None:
    """A line a change: the files at each revision; with one revision alone, which they are."""
    revisions = sys.argv[1:] or ["HEAD"]
    for change in CHANGES:
        found = [touched(change, revision) for revision in revisions]
        print(f"{change.what}: {' → '.join(str(len(paths)) for paths in found)}")
        if len(revisions) == 1:
            print("    " + " ".join(found[0]))


def touched(change: Change, revision: str) -> list[str]:
    """Paths of the files that would be touched."""
    flags = ["git", "grep", "--perl-regexp", "--name-only"]
    command = [*flags, change.named, revision]
    named = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    paths = [line.partition(":")[2] for line in named.stdout.splitlines()]
    return [
        path
        for path in paths
        if _PRODUCT.search(path)
        and not _NOT_PRODUCT.search(path)
        and not re.search(change.own, path)
        and (not path.endswith(".py") or re.search(change.named, _code(path, revision), re.M))
    ]


def _code(path: str, revision: str) -> str:
    """The file without its comments and docstrings."""
    command = ["git", "show", f"{revision}:{path}"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    kept, alone = [], True
    for token in tokenize.generate_tokens(io.StringIO(shown.stdout).readline):
        docstring = token.type == tokenize.STRING and alone
        if token.type != tokenize.COMMENT and not docstring:
            kept.append(token)
        if token.type not in (tokenize.NL, tokenize.COMMENT):
            alone = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    return tokenize.untokenize(kept)


if __name__ == "__main__":
    main()
