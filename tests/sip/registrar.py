"""A provider where the line registers."""

import contextlib
import hashlib
import re
import socket
import threading


class Registrar:
    """A provider that wants a password: RFC 3261, 22, with MD5 as RFC 2617 works it out."""

    REALM, NONCE = "provider.example", "5d41402abc4b"

    PASSWORD = "secret"

    def __init__(self) -> None:
        self.silent = 0
        """requests that are lost"""
        self.registered: list[int] = []
        """seconds of each binding that was granted; 0 where one was taken back"""
        self.refused = 0
        self.contact = ""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.port = self._socket.getsockname()[1]
        self._open = True
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._open = False
        self._thread.join(2)
        self._socket.close()

    def _serve(self) -> None:
        while self._open:
            try:
                data, addr = self._socket.recvfrom(65_536)
            except TimeoutError:
                continue
            if self.silent:
                self.silent -= 1
                continue
            self._socket.sendto(self._reply(data.decode()), addr)

    def _reply(self, text: str) -> bytes:
        assert text.startswith("REGISTER sip:127.0.0.1 SIP/2.0"), text
        return self._answer(text).encode()

    def _answer(self, text: str) -> str:
        lines = text.split("\r\n")
        copied = [one for one in lines if one.split(":")[0] in ("Via", "From", "Call-ID", "CSeq")]
        copied += [f"{one};tag=registrar" for one in lines if one.startswith("To:")]
        given = next((one for one in lines if one.startswith("Authorization:")), "")
        if not given:
            want = f'Digest realm="{self.REALM}", nonce="{self.NONCE}", algorithm=MD5'
            return self._made("401 Unauthorized", copied, f"WWW-Authenticate: {want}")
        if not self._is_right(given):
            self.refused += 1
            return self._made("403 Forbidden", copied, "X: no")
        if not any(one.startswith("Contact") for one in lines):  # only asks
            kept = f"{self.contact};expires=60" if self.contact else "X: none"
            return self._made("200 OK", copied, kept)
        seconds = int(next(one.split(":")[1] for one in lines if one.startswith("Expires")))
        self.contact = next(one for one in lines if one.startswith("Contact"))
        self.registered.append(seconds)
        return self._made("200 OK", copied, f"{self.contact};expires={seconds}")

    def _made(self, status: str, copied: list[str], header: str) -> str:
        return "\r\n".join([f"SIP/2.0 {status}", *copied, header, "Content-Length: 0", "", ""])

    def _is_right(self, header: str) -> bool:
        told = dict(re.findall(r'(\w+)="?([^",]+)"?', header))

        def md5(text: str) -> str:
            return hashlib.md5(text.encode()).hexdigest()  # noqa: S324  # SIP's digest is MD5

        own = md5(f"0212345678:{self.REALM}:{self.PASSWORD}")
        asked = md5(f"REGISTER:{told['uri']}")
        middle = f"{told['nc']}:{told['cnonce']}:{told['qop']}:" if "qop" in told else ""
        return told["response"] == md5(f"{own}:{told['nonce']}:{middle}{asked}")


class RegistrarByTcp(Registrar):
    """The same by TCP alone: requests come on connections, and calls go out on them."""

    def __init__(self) -> None:
        self.connection: socket.socket | None = None
        self.connections = 0
        self.ways: list[str] = []
        """what each request says in its Via"""
        self.others = ""
        """what else came: of calls"""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        super().__init__()
        self.port = self._listener.getsockname()[1]

    def close(self) -> None:
        super().close()
        self.hang_up()
        self._listener.close()

    def hang_up(self) -> None:
        """End the connection, as a provider that starts anew."""
        if self.connection:
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            self.connection.close()

    def send(self, request: bytes) -> None:
        """A request to the line, on the connection that it opened."""
        assert self.connection
        self.connection.sendall(request)

    def _serve(self) -> None:
        while self._open:
            try:
                self.connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            threading.Thread(target=self._read, args=(self.connection,), daemon=True).start()

    def _read(self, connection: socket.socket) -> None:
        while True:
            try:
                data = connection.recv(65_536)
            except OSError:
                return
            if not data:
                connection.close()
                return
            text = data.decode()
            if not text.startswith("REGISTER"):
                self.others += text
                continue
            self.ways += [one.split()[1] for one in text.split("\r\n") if one.startswith("Via:")]
            connection.sendall(self._reply(text))
