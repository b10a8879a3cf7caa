"""The command `ip`, by which network namespaces are made."""

import subprocess


def try_ip(*words: str) -> subprocess.CompletedProcess[str]:
    """`ip` with these words, whatever becomes of it."""
    command = ["ip", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


def ip(*words: str) -> None:
    """`ip` with these words; a failure ends the test."""
    done = try_ip(*words)
    assert done.returncode == 0, (
        f"ip {' '.join(words)}: {done.stderr.strip()}; this test makes network namespaces, "
        "so it wants root and CAP_NET_ADMIN, as in a container of its own"
    )
