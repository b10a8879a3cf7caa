"""The queue of jobs in a file."""

from datetime import UTC, datetime
from pathlib import Path

from restock.queue import Jobs, queue_of


def test_a_job_is_made_and_the_file_is_not_kept_open(tmp_path: Path) -> None:
    """Whoever makes jobs, each time the feed is renewed, holds no file between two."""
    file = tmp_path / "queue.sqlite"
    queue = queue_of("", file, "a secret")
    Jobs(queue).owed("a watch", datetime(2020, 3, 3, 12, tzinfo=UTC))
    assert file.name not in {Path(one).resolve().name for one in Path("/proc/self/fd").iterdir()}
    assert len(queue.scheduled()) + len(queue.pending()) == 1
    queue.storage.close()
