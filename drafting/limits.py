"""Refuses request bodies that are too large before anything reads or stores them.

Django spools a whole body to disk before a view sees it, so a limit in a form comes too late.
"""

from typing import Any

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, HTTPScope

REFUSAL = b"The request is too large."


class BodyTooLarge(Exception):
    """The body passed the limit while it was being read."""


class BodyLimit:
    """An ASGI application that answers 413 to HTTP bodies of more than `max_bytes` bytes."""

    def __init__(self, app: Any, *, max_bytes: int) -> None:
        self.app: ASGI3Application = app
        self.max_bytes = max_bytes

    async def __call__(
        self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        if declared_length(scope) > self.max_bytes:
            await refuse(send)
            return
        try:
            await self.app(scope, self.counted(receive), send)
        except BodyTooLarge:
            # Raised only while the body is read, so nothing has been answered yet.
            await refuse(send)

    def counted(self, receive: ASGIReceiveCallable) -> ASGIReceiveCallable:
        """`receive`, raising `BodyTooLarge` once a body without a length passes the limit."""
        seen = 0

        async def receive_counted() -> Any:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message["body"])
                if seen > self.max_bytes:
                    raise BodyTooLarge
            return message

        return receive_counted


def declared_length(scope: HTTPScope) -> int:
    """The Content-Length in bytes, or 0 where there is none or it is not a number."""
    for name, value in scope["headers"]:
        if name.lower() == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def refuse(send: ASGISendCallable) -> None:
    """Answers 413 and closes."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send(
        {"type": "http.response.start", "status": 413, "headers": headers, "trailers": False}
    )
    await send({"type": "http.response.body", "body": REFUSAL, "more_body": False})
