"""The Assist server, as the tests start it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from skills.assist import server as assist

HOST = "127.0.0.1"


@asynccontextmanager
async def server(conversation: Any) -> AsyncIterator[int]:
    """The server on a free port of this machine."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    task = asyncio.create_task(assist.serve(f"tcp://{HOST}:{port}", conversation))
    for _ in range(200):
        with suppress(OSError):
            _, writer = await asyncio.open_connection(HOST, port)
            writer.close()
            await writer.wait_closed()
            break
        await asyncio.sleep(0.01)
    yield port
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
