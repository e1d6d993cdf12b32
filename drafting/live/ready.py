"""Frames made ready once and handed to every socket as they are.

Rules:

- What the server tells one page it mostly tells hundreds. The WebSocket header of a text frame is
  the same for all of them, so it is made once, and a delivery is one write to a transport.
- What waits for a slow reader lies in its transport and is counted there; the caller bounds it.
- `ReadyProtocol` is uvicorn's own protocol with that door beside the ASGI one (`--ws`). Without it
  (another server, a test) the consumer sends through ASGI and keeps a bounded queue of its own.
"""

from __future__ import annotations

from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame as WebSocketFrame
from websockets.frames import Opcode

EXTENSION: Final = "drafting.ready"
GONE: Final = -1


class Frame:
    """One JSON text, and its bytes on the line."""

    __slots__ = ("_text", "payload", "wire")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.wire = _header(len(payload)) + payload
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = self.payload.decode()
        return self._text


def _header(length: int) -> bytes:
    """FIN and "text", then the length; a server's frames carry no mask."""
    if length < 126:
        return bytes((0x81, length))
    if length < 65_536:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")


class ReadyProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, which also takes ready frames."""

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        # The application runs later in the loop, so it finds the door there.
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self

    def tell(self, frame: Frame) -> int:
        """Writes a ready frame; the bytes that wait for this reader now, GONE if it has gone."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return GONE
        self.transport.write(frame.wire)
        return self.transport.get_write_buffer_size()

    def shut(self, code: int) -> None:
        """Closes without waiting for a reader that does not read."""
        if self.close_sent or self.transport.is_closing():
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        goodbye = WebSocketFrame(Opcode.CLOSE, code.to_bytes(2, "big"))
        self.transport.write(goodbye.serialize(mask=False))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)
