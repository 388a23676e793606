"""How a request may arrive: within its time, with a short head; uvicorn sets no such limits."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.web.exchange import noted, problem_body
from api.web.logs import LOGGER
from api.web.repeats import remembered, whole

if TYPE_CHECKING:
    import asyncio

    from starlette.types import Receive, Scope
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

    from api.web.exchange import Headers
    from api.web.repeats import Repeats
    from api.web.settings import WebSettings

KB = 1024
LINGERING_SECONDS = 1
# The parser of httptools counts in 16 bits, and gives up beyond.
LONGEST_URL = 63 * KB


class Express(Protocol):
    """What answers some requests beside the layers."""

    def takes(self, scope: Scope) -> bool:
        """Answer whether it answers a request whose headers are all harmless."""
        ...

    async def answer(self, scope: Scope, receive: Receive) -> tuple[Headers, bytes] | None:
        """Answer headers and body of a whole answer of status 200, or None."""
        ...


class PunctualProtocol(HttpToolsProtocol):
    """Closes a connection whose request is late or has a long head, or whose client stalls.

    A request has `arrival_seconds` from its first byte (the first one: from the connection) to
    its last. A client has to take something of its answer every `stall_seconds`.
    """

    limits: WebSettings
    repeats: Repeats | None = None
    express: Express | None = None
    _late: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _head: int = 0
    _refused: bool = False
    _unsent: int = 0
    _is_arriving: bool = False
    _received: bytes | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        if self._stalled:
            self._stalled.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Answer what is known by its bytes; read on, unless the request is refused already."""
        if self._refused:
            return
        is_first = self._is_idle()
        if is_first and self.repeats:
            ready = self.repeats.answer(data, self.server_state.default_headers)
            if ready:
                self._send_at_once(ready)
                return
        self._received = data if is_first else None
        super().data_received(data)
        self._received = None

    def on_message_begin(self) -> None:
        """Begin to count the head, and the time of a request after the first."""
        super().on_message_begin()
        self._is_arriving = True
        self._head = 0
        if self._late is None:
            self._expect()

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        super().on_url(url)
        if len(self.url) > LONGEST_URL:
            detail = f"The address is longer than {LONGEST_URL // KB} kB; send a query by POST."
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG, detail)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._head += len(name) + len(value) + 4
        if self._head > self.limits.head_kb * KB:
            detail = f"The headers are longer than {self.limits.head_kb} kB together."
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail)
        else:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Ask the application, unless the head was refused."""
        if self._refused:
            return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body, unless the head was refused."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End to wait: the request is here."""
        self._is_arriving = False
        self._stop_waiting()
        if not self._refused:
            super().on_message_complete()

    def pause_writing(self) -> None:
        """Begin to watch a client that does not read."""
        super().pause_writing()
        self._watch_reader()

    def resume_writing(self) -> None:
        """End to watch it."""
        super().resume_writing()
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:  # noqa: ANN401
        """Begin to answer: by the express, if there is one for the request, or by the layers."""
        scope = cast("Scope", cycle.scope)
        received = remembered(self._received, scope) if self._received else None
        noted(scope)["received"] = received
        express = self.express
        if received and express and app is self.app and express.takes(scope):
            task = self.loop.create_task(self._answer(express, cycle, app))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        else:
            super()._start_asgi_task(cycle, app)

    async def _answer(self, express: Express, cycle: RequestResponseCycle, app: Any) -> None:  # noqa: ANN401
        """Send what the express answers at once; let the layers tell whatever else came of it."""
        found = None
        try:
            found = await express.answer(cast("Scope", cycle.scope), cast("Receive", cycle.receive))
        except Exception:  # noqa: BLE001 - the layers answer in its place
            LOGGER.exception("unexpected error before the layers")
        is_plain = cycle.keep_alive and not (self.flow.write_paused or cycle.disconnected)
        if found and is_plain:
            cycle.response_started = cycle.response_complete = True
            cycle.message_event.set()
            headers, body = found
            self._send_at_once(whole([*self.server_state.default_headers, *headers], body))
        else:
            await cycle.run_asgi(app)

    def _is_idle(self) -> bool:
        """Answer whether nothing of a request or of an answer is under way."""
        cycle = cast("RequestResponseCycle | None", self.cycle)  # None before the first request
        under_way = self._is_arriving or (cycle is not None and not cycle.response_complete)
        return not (under_way or self.flow.write_paused or self.transport.is_closing())

    def _send_at_once(self, parts: list[bytes]) -> None:
        """Send a whole answer, and wait for the next request as after any other."""
        self._stop_waiting()
        self.transport.writelines(parts)
        self.on_response_complete()

    def _expect(self) -> None:
        self._late = self.loop.call_later(self.limits.arrival_seconds, self._is_late)

    def _stop_waiting(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None

    def _is_late(self) -> None:
        self._late = None
        if self.pipeline:
            # It waits behind an answer of ours, with nobody reading.
            self._expect()
            return
        cycle: RequestResponseCycle | None = self.cycle
        if cycle and cycle.response_started and not cycle.response_complete:
            self.transport.close()
        else:
            detail = f"The request took longer than {self.limits.arrival_seconds} s to arrive."
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, detail)

    def _watch_reader(self) -> None:
        self._unsent = self.transport.get_write_buffer_size()
        self._stalled = self.loop.call_later(self.limits.stall_seconds, self._look_at_reader)

    def _look_at_reader(self) -> None:
        if self.transport.get_write_buffer_size() >= self._unsent:
            self.transport.abort()
        else:
            self._watch_reader()

    def _refuse(self, status: int, detail: str) -> None:
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        self._stop_waiting()
        body = problem_body(status, detail)
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
            "content-type: application/problem+json\r\nx-content-type-options: nosniff\r\n"
            "access-control-allow-origin: *\r\ncache-control: no-store\r\n"
            f"connection: close\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self._close_slowly()

    def _close_slowly(self) -> None:
        """Read on for a moment: to close on bytes that are not read would take the answer back."""
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGERING_SECONDS, self.transport.close)


def protocol_with(
    limits: WebSettings, repeats: Repeats | None, express: Express | None
) -> type[PunctualProtocol]:
    """Answer the protocol with its limits and its short ways, as uvicorn asks for one."""

    class Limited(PunctualProtocol):
        """The protocol with the limits of this service."""

        def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401
            self.limits, self.repeats, self.express = limits, repeats, express
            super().__init__(*args, **named)

    return Limited
