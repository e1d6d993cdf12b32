"""A WebSocket of the bench: as little work for each frame as Python allows.

Rules:

- It speaks what the bench needs of RFC 6455: whole frames of any length, pings, close.
- Frames are handed on as bytes; nothing is decoded that need not be.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Callable
from typing import cast

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

Heard = Callable[[bytes], None]
Ended = Callable[[int], None]


class Wire(asyncio.Protocol):
    """One connection. `heard` gets each frame, `ended` the code it closed with."""

    def __init__(self, head: bytes, opened: Callable[[], None], heard: Heard, ended: Ended) -> None:
        self._head, self._opened, self._heard, self._ended = head, opened, heard, ended
        self._buffer = b""
        self._shaken = False
        self._over = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass
        self._transport.write(self._head)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(1006)

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        if not self._shaken and not self._shake():
            return
        taken = 0
        while (frame := _frame(self._buffer, taken)) is not None:
            kind, start, taken = frame
            self._take(kind, self._buffer[start:taken])
        self._buffer = self._buffer[taken:]

    def _shake(self) -> bool:
        head, rest, self._buffer = self._buffer.partition(b"\r\n\r\n")
        if not rest:
            self._buffer = head
            return False
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise ConnectionError(f"The server did not take the socket: {head[:200]!r}")
        self._shaken = True
        self._opened()
        return True

    def _take(self, kind: int, payload: bytes) -> None:
        if kind in (TEXT, BINARY):
            self._heard(payload)
        elif kind == PING:
            self.send(payload, PONG)
        elif kind == CLOSE:
            self._end(int.from_bytes(payload[:2], "big") or 1005)

    def send(self, payload: bytes, kind: int = TEXT) -> None:
        """Sends one frame, masked with zeros: the mask protects proxies, and there is none."""
        assert self._transport is not None
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self._transport.write(bytes([0x80 | kind]) + length + bytes(4) + payload)

    def close(self) -> None:
        self._over = True
        if self._transport:
            self._transport.close()

    def _end(self, code: int) -> None:
        if not self._over:
            self._over = True
            self._ended(code)


def _frame(data: bytes, at: int) -> tuple[int, int, int] | None:
    """The kind of the frame at `at`, where its payload starts and ends; None if not all here."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1], at + 2
    if size >= 126:
        wide = 2 if size == 126 else 8
        if len(data) < start + wide:
            return None
        size, start = int.from_bytes(data[start : start + wide], "big"), start + wide
    if len(data) < start + size:
        return None
    return data[at] & 0x0F, start, start + size


def handshake(host: str, port: int, path: str, cookie: str) -> bytes:
    """The request that opens a socket."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Origin: http://{host}:{port}",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Cookie: {cookie}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
