"""Why a query was not answered, said to its client: each with its status and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.errors import DepositaryError

if TYPE_CHECKING:
    from api.sandbox.limits import Limits
    from api.sandbox.wire import Message

# After these a connection is not kept: its client has had its part for a while.
STRAINED = frozenset({413, 429, 503, 504})
SMALLER = "Ask for less: add LIMIT, name the subject or the property, or ask in parts."


class Stopped(DepositaryError):
    """A query that has no answer; `more` goes into the problem, `headers` to the client."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:  # noqa: ANN401
        """Say why, and in `more` what a program can use."""
        super().__init__(detail)
        self.status = status
        self.more = {name: value for name, value in more.items() if value is not None}
        after = more.get("retry_after")
        self.headers = {} if after is None else {"Retry-After": str(after)}
        if status in STRAINED:
            self.headers["Connection"] = "close"


def too_long(limits: Limits) -> Stopped:
    """Answer that a query reached its time."""
    detail = f"The query was stopped after {limits.seconds:g} seconds. {SMALLER}"
    return Stopped(504, detail, limit="seconds")


def too_much_memory(limits: Limits) -> Stopped:
    """Answer that a query reached its memory."""
    detail = f"The query was stopped: it needs more than {limits.memory_mb:g} MB. {SMALLER}"
    return Stopped(503, detail, limit="memory", retry_after=60)


def full(limits: Limits, *, heavy: bool) -> Stopped:
    """Answer that there is no room now."""
    kind = "heavy queries" if heavy else "queries"
    detail = f"Too many {kind} run and wait at the moment; ask again in some seconds."
    return Stopped(503, detail, retry_after=max(1, round(limits.seconds / 2)))


def too_many(limits: Limits) -> Stopped:
    """Answer that the client has too many queries here already."""
    detail = (
        f"Your address has {limits.per_client:g} heavy queries here already, or fills the line; "
        "wait for their answers before you ask more."
    )
    return Stopped(429, detail, retry_after=max(1, round(limits.seconds / 2)))


def unavailable() -> Stopped:
    """Answer that the processes for queries are starting again."""
    detail = "The processes that answer queries are starting; ask again in some seconds."
    return Stopped(503, detail, retry_after=2)


def preparing() -> Stopped:
    """Answer that what was known on a day is not made ready yet."""
    detail = (
        "What was known on that day is being made ready, once for all who ask for it; "
        "ask again in some seconds."
    )
    return Stopped(503, detail, retry_after=5)


def killed(limits: Limits, number: int) -> Stopped:
    """Answer why the kernel has ended a worker, by the signal it used."""
    if number in {14, 24}:  # SIGALRM and SIGXCPU
        return too_long(limits)
    if number == 11:  # noqa: PLR2004 - SIGSEGV: the stack of the engine is used up
        return Stopped(400, "The query is nested too deeply for the engine; simplify it.")
    return Stopped(503, "The query ended the process that worked on it; simplify it.")


def explained(limits: Limits, reply: Message) -> Stopped:
    """Answer what a worker has replied in place of an answer."""
    limit = reply.pop("limit", None)
    if limit == "memory":
        return too_much_memory(limits)
    if limit:
        most = f"{limits.rows:g} rows" if limit == "rows" else f"{limits.answer_mb:g} MB"
        most = f"{limits.rows:,.0f} rows" if limit == "rows" else most
        detail = f"The answer is larger than {most}; nothing is sent in part. {SMALLER}"
        return Stopped(413, detail, limit=limit)
    status, detail = reply.pop("status"), reply.pop("detail")
    reply.pop("size", None)
    return Stopped(status, detail, **reply)
