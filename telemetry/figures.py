"""The figures of the operator's page: now, today and yesterday."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from shared.catalog import Snapshot
from shared.clock import TAIPEI
from shared.query import is_old, too_old
from telemetry.counts import HOUR_S, MINUTE_S, REFUSALS, SLOT_S, Counted, quantile
from telemetry.probe import last
from telemetry.store import CountStore, Worker

MINUTES = 60
WORST_DISTRICTS = 10
DAY_S = 86_400

Json = dict[str, object]


class Figures:
    """Reads the store and the feed; every time is that of Taipei, ISO 8601 with its offset."""

    def __init__(
        self,
        store: CountStore,
        snapshot: Callable[[], Snapshot | None],
        data_dir: Path,
    ) -> None:
        """`snapshot`: the one that this process uses; `data_dir`: of this host, for the probe."""
        self._store = store
        self._snapshot = snapshot
        self._data_dir = data_dir

    def at(self, now: datetime) -> Json:
        """All figures at `now` (aware); days begin at midnight in Taipei."""
        seconds = int(now.timestamp())
        midnight = int(now.astimezone(TAIPEI).replace(hour=0, minute=0, second=0).timestamp())
        today = self._store.counted(SLOT_S, midnight, seconds + 1)
        sums = _added_up(today)
        districts = self._store.counted(HOUR_S, midnight, seconds + 1)
        known = self._store.workers(seconds) or []
        workers = sorted(known, key=lambda one: (one.host, one.pid))
        return {
            "now": _iso(seconds),
            "feed": self._feed(now, workers),
            "workers": [
                {
                    "host": worker.host,
                    "pid": worker.pid,
                    "since": _iso(worker.since),
                    "asks": worker.asks,
                    "source_time": _iso(worker.source_time) if worker.source_time else None,
                }
                for worker in workers
            ],
            "minutes": self._minutes(seconds),
            "today": _day(sums, today),
            "yesterday": self._yesterday(midnight - DAY_S, seconds - DAY_S),
            "misheard_districts": _misheard(districts),
            "requests_refused": {why: sums[f"refused/{why}"] for why in REFUSALS},
            "sip": _sip(sums, workers),
            "probe": self._probe(seconds),
        }

    def _probe(self, now: int) -> Json | None:
        """The result of this host's last `flask probe`; None where there is none."""
        probed = last(self._data_dir)
        if probed is None:
            return None
        return {
            "well": bool(probed.well),
            "age_seconds": max(0, now - int(probed.at)),
            "why": str(probed.why),
        }

    def _feed(self, now: datetime, workers: Sequence[Worker]) -> Json:
        snapshot, refusals = self._snapshot(), Counter[str]()
        for worker in workers:
            refusals.update(worker.refusals)
        causes = [worker.cause for worker in workers if worker.asks and worker.cause]
        told: Json = {"refusals": dict(refusals), "cause": causes[0] if causes else ""}
        if snapshot is None:
            nothing = {"name": "", "demo": False, "recorded": False, "source_time": None}
            return nothing | {"age_seconds": None, "pharmacies": 0, "state": "none"} | told
        old = is_old(snapshot, now) and not snapshot.recorded  # a recording only says its time
        state = "too_old" if too_old(snapshot, now) else "old" if old else "fresh"
        return {
            "name": snapshot.feed,
            "demo": snapshot.demo,
            "recorded": snapshot.recorded,
            "source_time": snapshot.source_time.isoformat(),
            "age_seconds": round((snapshot.now(now) - snapshot.source_time).total_seconds()),
            "pharmacies": len(snapshot.catalog.pharmacies),
            "state": state,
        } | told

    def _minutes(self, now: int) -> list[Json]:
        """The last sixty minutes, oldest first, with the current one and those without a turn."""
        last = now - now % MINUTE_S
        slots: dict[int, Counter[str]] = defaultdict(Counter)
        for one in self._store.counted(MINUTE_S, last - (MINUTES - 1) * MINUTE_S, last + 1):
            slots[one.at][one.name] += one.number
        times = range(last - (MINUTES - 1) * MINUTE_S, last + 1, MINUTE_S)
        return [{"at": _iso(at), **_turns(slots[at])} for at in times]

    def _yesterday(self, midnight: int, until: int) -> Json:
        """The day from `midnight` until the same time of day: calls and turns to the minute, the
        rest to ten minutes."""
        whole_day = self._store.counted(SLOT_S, midnight, midnight + DAY_S)
        begun = until - until % SLOT_S
        so_far = [one for one in whole_day if one.at < begun]
        so_far += self._store.counted(MINUTE_S, begun, until + 1)
        return _day(_added_up(so_far), whole_day)


def _added_up(counted: Iterable[Counted]) -> Counter[str]:
    """Name → its sum."""
    sums: Counter[str] = Counter()
    for one in counted:
        sums[one.name] += one.number
    return sums


def _day(sums: Counter[str], whole_day: Iterable[Counted]) -> Json:
    """The `sums` so far; the calls by hour of the `whole_day`."""
    hours = [0] * 24
    for one in whole_day:
        if one.name.startswith("calls/"):
            hours[datetime.fromtimestamp(one.at, TAIPEI).hour] += one.number
    first, turn = _buckets("first/", sums), _buckets("ms/", sums)
    return {
        **_turns(sums),
        "outcomes": dict(_tails("outcome/", sums).most_common()),
        "first_count_seconds": {
            "median": quantile(first, 0.5),
            "p90": quantile(first, 0.9),
            "count": sum(first.values()),
        },
        "turn_ms": {"median": quantile(turn, 0.5), "p99": quantile(turn, 0.99)},
        "hours": hours,
    }


def _turns(sums: Mapping[str, int]) -> Json:
    calls, turns = _tails("calls/", sums), _tails("turns/", sums)
    return {
        "calls": sum(calls.values()),
        "turns": sum(turns.values()),
        "unheard": sums.get("unheard", 0),
        "unsure": sums.get("unsure", 0),
        "by_channel": {
            channel: {"calls": calls[channel], "turns": turns[channel]}
            for channel in sorted({*calls, *turns})
        },
    }


def _misheard(counted: Iterable[Counted]) -> list[Json]:
    """The districts with the most questions asked back and answers taken back, worst first."""
    districts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in counted:
        if one.name.startswith("district/"):
            _, key, what = one.name.split("/")
            districts[key][what] += one.number
    troubled = [item for item in districts.items() if item[1]["unsure"] or item[1]["wrong"]]
    troubled.sort(key=lambda item: (-item[1]["wrong"] - item[1]["unsure"], item[0]))
    return [
        {"district": key, **{what: sums[what] for what in ("asked", "unsure", "wrong")}}
        for key, sums in troubled[:WORST_DISTRICTS]
    ]


def _sip(sums: Counter[str], workers: Sequence[Worker]) -> Json:
    """SIP calls: how many now; today's waiting times of callers and of the line, in seconds."""
    told: Json = {"calls_now": sum(worker.calls for worker in workers)}
    for what in ("first_sound", "recogniser", "voice"):
        tenths = _buckets(f"sip/{what}/", sums)
        for name, part in (("median", 0.5), ("p90", 0.9)):
            found = quantile(tenths, part)
            told[f"{what}_{name}"] = None if found is None else found / 10
    told["refused"] = dict(_tails("sip/refused/", sums))
    return told


def _tails(prefix: str, sums: Mapping[str, int]) -> Counter[str]:
    """The rest of each name that begins with `prefix` → its sum."""
    return Counter(
        {name.removeprefix(prefix): n for name, n in sums.items() if name.startswith(prefix)}
    )


def _buckets(prefix: str, sums: Mapping[str, int]) -> dict[int, int]:
    return {int(bound): number for bound, number in _tails(prefix, sums).items()}


def _iso(seconds: int) -> str:
    return (datetime.fromtimestamp(0, TAIPEI) + timedelta(seconds=seconds)).isoformat()
