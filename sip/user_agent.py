"""The line: takes calls as they come, up to its limits, and ends them."""

import asyncio
import logging
from collections.abc import Callable

from aiosipua.dialog import DialogState
from aiosipua.incoming_call import IncomingCall
from aiosipua.message import SipRequest
from aiosipua.sdp import SdpMessage, parse_sdp
from aiosipua.sdp_negotiate import SdpNegotiationError
from aiosipua.uac import SipUAC
from aiosipua.uas import SipUAS
from aiosipua.utils import format_addr

from sip.admission import Admission
from sip.call import Call, Parts
from sip.called import dialled, number_in
from sip.media import Chosen, Media, Ports, answer, choose, holds
from sip.metronome import Metronome
from sip.outside_dialog import address_towards
from sip.pacing import Pacing
from sip.settings import SipSettings, is_ours
from sip.texts import own
from sip.trunk import AGENT, Trunk
from sip.wire import Wire

log = logging.getLogger(__name__)

BUSY_CALLS = 5
"""Callers beyond the limit who hear the busy sentence at the same time; further ones hear none."""

SESSION_S = 1_800
"""As RFC 4028 recommends."""

MADE_UP_FOR = 50
"""Ticks: the sound is sent elsewhere, on time, and what is counted here has to come after it."""

SWEEP_S = 5.0
REFER_S = 30.0

_LOOPBACK = ("127.0.0.1", "::1")


class _Server(SipUAS):
    """aiosipua's server, and a way to let a call go that nobody acknowledges."""

    def forget(self, call: IncomingCall) -> None:
        """Hold nothing more of `call`."""
        call._stop_retransmissions()
        self._remove_invite_transaction(call.invite)
        if self._calls.get(call.call_id) is call:
            del self._calls[call.call_id]


class UserAgent:
    """All calls of this process. `start`, then `drain` and `stop`."""

    def __init__(self, settings: SipSettings, parts: Parts) -> None:
        self._settings = settings
        self.parts = parts
        seen = self._seen = parts.seen
        admission = Admission(settings, seen.refused)
        self.wire = Wire(
            (settings.host, settings.port),
            admission,
            lambda: seen.refused("malformed"),
            connections=True,
        )
        client = SipUAC(self.wire)
        self._server = _Server(
            self.wire,
            user_agent=AGENT,
            uac=client,
            session_expires=SESSION_S,
            min_se=settings.patience.least_session_s,
        )
        self._server.on_invite = self._invited
        self._server.on_reinvite = self._renewed
        self._server.on_update = self._updated
        self._server.on_bye = lambda call, _request: self._end(call)
        self._server.on_cancel = self._cancelled
        self._server.on_ack_timeout = self._end
        self._server.on_session_expired = self._end
        self._server.on_transfer_progress = self._progressed
        self._client = client
        self._ports = Ports(*settings.ports)
        self.clock = Metronome(MADE_UP_FOR)
        self._pacing = Pacing()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        """Call-ID → the call"""
        self._media: dict[str, Media] = {}
        self._busy = 0
        self._leaving: set[str] = set()
        """those that have hung up; a next one need not wait until all of theirs is given back"""
        self._transfers: dict[str, asyncio.Future[bool]] = {}
        self._sweeper: asyncio.Task[None] | None = None
        self._trunk: Trunk | None = None
        self._draining = False

    @property
    def port(self) -> int:
        """The port that was bound, where 0 was asked for."""
        return int(self.wire.local_addr[1])

    @property
    def calls(self) -> int:
        """Calls now."""
        return len(self._tasks) - self._busy - len(self._leaving)

    @property
    def registered(self) -> bool | None:
        """Whether the provider knows us; None without one."""
        return self._trunk.registered if self._trunk else None

    async def start(self) -> None:
        """Bind, and register where a provider is set. OSError where the port is taken."""
        await self._server.start()
        self.clock.start()
        self._pacing.start()
        self._sweeper = asyncio.create_task(self._sweep())
        if self._settings.trunk:
            self._trunk = Trunk(self.wire, self._client, self._settings)

    async def drain(self) -> None:
        """Take no new calls, and wait until those that go on have ended."""
        self._draining = True
        if self._trunk:
            self._trunk.leave()
        while self._tasks:
            await asyncio.wait(tuple(self._tasks.values()))

    async def stop(self) -> None:
        """End everything now; callers are hung up on."""
        self._draining = True
        for task in tuple(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        if self._sweeper:
            self._sweeper.cancel()
        if self._trunk:
            self._trunk.stop()
        await self.clock.stop()
        await asyncio.to_thread(self._pacing.stop)
        await self._server.stop()

    # -- a new call --

    def _invited(self, call: IncomingCall) -> None:
        try:
            offer = call.sdp_offer
            if offer is None:
                raise SdpNegotiationError("an INVITE without an offer")
            chosen, remote = choose(offer), offer.rtp_address
            if remote is None or not self._may_send(remote[0], call):
                raise SdpNegotiationError("sound is wanted elsewhere")
        except SdpNegotiationError as problem:
            log.info("a call was not taken: %s", problem)
            call.reject(488, "Not Acceptable Here")
            return
        if self._draining:
            self._seen.refused("busy")
            call.reject(503)
            return
        full = self.calls >= self._settings.calls
        if full:
            self._seen.refused("busy")
            if self._busy >= BUSY_CALLS:
                call.reject(486)
                return
            self._busy += 1
        hold = self._turn_away if full else self._hold
        task = asyncio.create_task(hold(call, offer, chosen))
        self._tasks[call.call_id] = task
        task.add_done_callback(lambda _task: self._over(call, full))
        self._seen.calls(self.calls)

    def _may_send(self, host: str, call: IncomingCall) -> bool:
        """Sound goes to the caller and to those in SIP_ALLOW, whatever an offer says."""
        caller = call.source_addr[0]
        if host in (caller, "0.0.0.0") or self._settings.allows(host):  # noqa: S104
            return True
        return caller in _LOOPBACK and is_ours(host)

    async def _open(
        self, call: IncomingCall, offer: SdpMessage, chosen: Chosen
    ) -> tuple[Media, SdpMessage]:
        here = address_towards(call.source_addr[0], self._settings.host)
        call.advertised_addr = (here, self.port)
        remote = offer.rtp_address
        assert remote is not None  # noqa: S101  # `_invited` has looked
        media = await self._ports.open(self._settings.host, remote, chosen, call.source_addr[0])
        media.on_hold = holds(offer)
        return media, answer(offer, chosen, here, media.port)

    def _begin(self, media: Media, tick: Callable[[], None]) -> None:
        """Let sound be sent; the program that does it is started anew should it have ended."""
        self._pacing.start()
        media.pace(self._pacing)
        self.clock.add(tick)

    async def _hold(self, incoming: IncomingCall, offer: SdpMessage, chosen: Chosen) -> None:
        """The whole of one call."""
        media, ours = await self._open(incoming, offer, chosen)
        caller = number_in(incoming.invite.get_header("from") or "")
        call = Call(self.parts, media, caller, lambda number: self._refer(incoming, number))
        self._media[incoming.call_id] = media
        incoming.accept(ours)
        self._begin(media, call.tick)
        try:
            async with asyncio.timeout(self._settings.minutes * 60):
                talk = asyncio.create_task(call.run())
                try:
                    while not talk.done() and not call.vanished:
                        await asyncio.wait((talk,), timeout=SWEEP_S)
                finally:
                    talk.cancel()
                    await asyncio.gather(talk, return_exceptions=True)
        except TimeoutError:
            log.info("a call was ended after %d minutes", self._settings.minutes)
        finally:
            self.clock.remove(call.tick)
            incoming.hangup()
            del self._media[incoming.call_id]
            await media.close()

    async def _turn_away(self, incoming: IncomingCall, offer: SdpMessage, chosen: Chosen) -> None:
        """The busy sentence as early sound, then 486."""
        media, ours = await self._open(incoming, offer, chosen)
        try:
            incoming.ringing(early_sdp=ours)
            self._begin(media, media.tick)
            async for pcm in self.parts.voice.read(own("busy"), "zh-TW"):
                media.play(pcm)
            while media.playing_s > 0:
                await asyncio.sleep(0.1)
        finally:
            self.clock.remove(media.tick)
            if incoming.dialog.state is DialogState.EARLY:
                incoming.reject(486)
            await media.close()

    def _over(self, call: IncomingCall, was_busy: bool) -> None:
        task = self._tasks.pop(call.call_id, None)
        self._leaving.discard(call.call_id)
        if task and not task.cancelled() and (problem := task.exception()):
            log.error("a call ended badly: %r", problem)
            if call.dialog.state is DialogState.EARLY:
                call.reject(500)
        if was_busy:
            self._busy -= 1
        if call.dialog.state is DialogState.TERMINATED:
            self._server.forget(call)
        self._seen.calls(self.calls)

    # -- what the other end does --

    def _end(self, call: IncomingCall) -> None:
        call.dialog.terminate()
        if task := self._tasks.get(call.call_id):
            task.cancel()
        if call.call_id in self._media:
            self._leaving.add(call.call_id)
        if waiting := self._transfers.get(call.call_id):
            waiting.cancel()

    def _cancelled(self, request: SipRequest, _addr: tuple[str, int]) -> None:
        if task := self._tasks.get(request.call_id or ""):
            task.cancel()

    def _renewed(self, call: IncomingCall) -> None:
        """Hold, resume, or another address for the sound."""
        offer, media = call.sdp_offer, self._media.get(call.call_id)
        try:
            if offer is None or media is None:
                raise SdpNegotiationError("nothing to renew")
            ours = self._moved(call, offer, media)
        except SdpNegotiationError:
            _respond(call, self.wire, 488)
            return
        call.accept(ours)

    def _updated(self, call: IncomingCall, request: SipRequest) -> SdpMessage | None:
        media = self._media.get(call.call_id)
        if not request.body or media is None:
            return None
        try:
            return self._moved(call, parse_sdp(request.text), media)
        except (SdpNegotiationError, ValueError):
            return None

    def _moved(self, call: IncomingCall, offer: SdpMessage, media: Media) -> SdpMessage:
        chosen, remote = choose(offer), offer.rtp_address
        if remote is None or not self._may_send(remote[0], call):
            raise SdpNegotiationError("sound is wanted elsewhere")
        if chosen.payload_type != media.payload_type:
            raise SdpNegotiationError("another codec in the middle of a call")
        media.move(remote, hold=holds(offer))
        return answer(
            offer, chosen, address_towards(call.source_addr[0], self._settings.host), media.port
        )

    # -- transfers --

    async def _refer(self, call: IncomingCall, number: str) -> bool:
        """Ask the other end to ring `number`; whether it did (RFC 3515)."""
        target = dialled(number)
        if not target or not self._settings.transfer:
            return False
        here = address_towards(call.source_addr[0], self._settings.host)
        request = call.dialog.create_request("REFER", via_host=here, via_port=self.port)
        request.headers.set_single("Refer-To", f"<sip:{target}@{self._settings.transfer}>")
        request.headers.set_single("Contact", f"<sip:{format_addr(here, self.port)}>")
        waiting = self._transfers[call.call_id] = asyncio.get_running_loop().create_future()
        try:
            self.wire.send(request, call.source_addr)
            if not 200 <= await self.wire.answered(request, call.source_addr) < 300:
                return False
            async with asyncio.timeout(REFER_S):
                rang: bool = await waiting
            return rang
        except TimeoutError:
            return False
        finally:
            del self._transfers[call.call_id]

    def _progressed(self, call_id: str, status: int, _reason: str) -> None:
        waiting = self._transfers.get(call_id)
        if waiting and not waiting.done() and status >= 200:
            waiting.set_result(status < 300)

    # -- the provider, and what is left lying --

    async def _sweep(self) -> None:
        """Let go of calls that were refused and never acknowledged."""
        ended: set[str] = set()
        while True:
            await asyncio.sleep(SWEEP_S)
            now = {
                name
                for name, call in self._server.active_calls.items()
                if call.dialog.state is DialogState.TERMINATED and name not in self._tasks
            }
            for name in now & ended:
                if call := self._server.get_call(name):
                    self._server.forget(call)
            ended = now


def _respond(call: IncomingCall, wire: Wire, status: int) -> None:
    wire.send_reply(call.dialog.create_response(call.invite, status, "Not Acceptable Here"))
