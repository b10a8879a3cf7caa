"""Which of the processes that share a directory asks the source: whoever holds the lock.

The system frees the lock when its process dies, however it dies, so another one takes over at its
next look.
"""

import fcntl
import logging
from pathlib import Path
from typing import IO

log = logging.getLogger(__name__)


class LeaderElection:
    """One process's side of it."""

    def __init__(self, path: Path) -> None:
        """`path`: the lock, the same for all who stand; its directory is made where missing."""
        self._path = path
        self._file: IO[bytes] | None = None
        self._alone = False

    @property
    def won(self) -> bool:
        """Whether this process is the one that asks, as of the last `stand`."""
        return self._file is not None or self._alone

    def stand(self) -> bool:
        """Whether this process asks; takes the lock if nobody has it.

        Where the directory cannot be written or knows no locks each process asks for itself.
        """
        if self._file:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("ab")
        except OSError as problem:
            return self._go_alone(problem)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            self._alone = False
            return False
        except OSError as problem:
            file.close()
            return self._go_alone(problem)
        self._file = file
        log.info("feed: this process asks the source")
        return True

    def _go_alone(self, problem: OSError) -> bool:
        if not self._alone:
            log.warning("feed: no lock in DATA_DIR (%s); asking alone", problem.strerror)
        self._alone = True
        return True

    def resign(self) -> None:
        """Give the lock up."""
        self._alone = False
        if self._file:
            self._file.close()
            self._file = None
