"""Which value is accepted where sources differ, and what could be known on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graph.model import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.dates import Span
    from graph.model import Claim


def public_on(claim: Claim) -> date | None:
    """Answer the day from which the public could know what the claim says; None if unknown.

    A register that publishes as it goes makes an act public when it was circulated or, where that
    day is not known, deposited; failing both, when it took effect. Any other source does so when it
    was issued; a source dated only by month or year is certainly public at the end of it.
    """
    if claim.source.as_it_goes:
        told = claim.circulated or claim.day or claim.effective
        if told:
            return told.latest
    return claim.source.issued.latest if claim.source.issued else None


def known_by(claims: Iterable[Claim], day: date | None) -> tuple[Claim, ...]:
    """Answer the claims that were public on the day; all of them where no day is given."""
    if day is None:
        return tuple(claims)
    return tuple(c for c in claims if (public := public_on(c)) and public <= day)


def resolve(statements: Iterable[tuple[Claim, Span]]) -> Resolution | None:
    """Answer the accepted value of one property; None where no claim speaks of it.

    The source of highest authority decides, then the one issued last. A claim of lower rank that
    fits may narrow a value that is not a full day; one that does not fit contests it. Where sources
    of the same, highest rank contradict each other the value stays open between them.
    """
    ordered = sorted(statements, key=lambda statement: _precedence(statement[0]))
    if not ordered:
        return None
    first, value = ordered[0]
    peers = [s for s in ordered if s[0].source.rank == first.source.rank]
    if not _agree(peers):
        return _open_between(peers, ordered)
    deciding: list[Claim] = [first]
    contesting: list[Claim] = []
    for claim, span in ordered[1:]:
        common = value.meet(span)
        if common is None:
            contesting.append(claim)
        elif common != value:
            value = common
            deciding.append(claim)
    return Resolution(value, tuple(deciding), tuple(contesting))


def weightiest(claims: Iterable[Claim]) -> Claim:
    """Answer the claim that is heard before all others."""
    return min(claims, key=_precedence)


def accepted_notice(claims: Iterable[Claim]) -> str | None:
    """Answer the number of the depositary notification, by the claim of highest authority."""
    numbered = sorted((c for c in claims if c.notice), key=_precedence)
    return numbered[0].notice if numbered else None


def _precedence(claim: Claim) -> tuple[int, int, str]:
    issued = claim.source.issued.latest if claim.source.issued else None
    return claim.source.rank, -(issued or date.min).toordinal(), claim.iri


def _agree(peers: list[tuple[Claim, Span]]) -> bool:
    common: Span | None = peers[0][1]
    for _, span in peers[1:]:
        common = common.meet(span) if common else None
    return common is not None


def _open_between(peers: list[tuple[Claim, Span]], ordered: list[tuple[Claim, Span]]) -> Resolution:
    value = peers[0][1]
    for _, span in peers[1:]:
        value = value.hull(span)
    contesting = tuple(c for c, span in ordered if value.meet(span) is None)
    reason = f"sources of equal authority differ: {', '.join(sorted({str(s) for _, s in peers}))}"
    return Resolution(value, tuple(c for c, _ in peers), contesting, reason)
