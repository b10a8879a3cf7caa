"""Registration at the SIP provider, by UDP or TCP: register, stay registered, unregister."""

import asyncio
import logging
import socket
from typing import Any

from aiosipua.auth import SipDigestAuth
from aiosipua.registration import Registration
from aiosipua.uac import SipUAC

from sip.outside_dialog import address_towards
from sip.settings import SipSettings
from sip.wire import Address, Wire

log = logging.getLogger(__name__)

AGENT = "mask-line"

REGISTER_S = 300


class Trunk:
    """Our binding at SIP_TRUNK. OSError where its name cannot be looked up."""

    def __init__(
        self,
        wire: Wire,
        client: SipUAC,
        settings: SipSettings,
    ) -> None:
        provider = settings.provider
        self._wire, self._tcp = wire, provider.tcp
        self._again_s = settings.patience.register_again_s
        self._address: Address = (socket.gethostbyname(provider.host), provider.port)
        here = address_towards(self._address[0], settings.host)
        client.advertised_addr = (here, int(wire.local_addr[1]))
        self._lost = asyncio.Event()
        """it refused, or a refresh was not answered in time"""
        self._registration = Registration(
            client,
            f"sip:{settings.user}@{provider.host}",
            self._address,
            expires=REGISTER_S,
            auth=SipDigestAuth(settings.user, settings.password),
            user_agent=AGENT,
        )
        self._registration.on_failed = lambda *_: self._lost.set()
        self._registration.on_expired = lambda *_: self._lost.set()
        self._task = asyncio.create_task(self._stay())

    @property
    def registered(self) -> bool:
        """Whether the provider has accepted the registration."""
        return bool(self._registration.state.value == "registered")

    def leave(self) -> None:
        """Unregister: no more calls."""
        self._task.cancel()
        self._registration.unregister()

    def stop(self) -> None:
        """Do nothing more."""
        self._task.cancel()

    async def _stay(self) -> None:
        """Register until the provider answers, and again after a refusal or a lost binding."""
        while True:
            self._lost.clear()
            if await self._ask():
                await self._until_lost()
            else:
                log.warning("SIP_TRUNK does not answer; asked again in %d s", self._again_s)
            await asyncio.sleep(self._again_s)

    async def _ask(self) -> bool:
        """Whether the provider answers at all."""
        if self._tcp:
            try:
                await self._wire.connect(self._address)
            except (OSError, TimeoutError):
                return False
        request = self._registration.register()
        return await self._wire.answered(request, self._address) != 408

    async def _until_lost(self) -> None:
        """A connection that ends loses the binding with it: calls come on it."""
        waits: list[asyncio.Task[Any]] = [asyncio.create_task(self._lost.wait())]
        if self._tcp:
            waits.append(asyncio.create_task(self._wire.disconnected(self._address)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
