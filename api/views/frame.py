"""What surrounds every picture: its sentence, day, sources, data version and permalink."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from graph.dates import MONTHS
from graph.render.picture import Frame, Source
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.answers.shapes import SourceRef
    from api.answers.treaty_shapes import Withdrawal, Withdrawals
    from api.answers.view import View

USUAL_TREATY = "ottawa"
MOST_SOURCES_NAMED = 4
UNPUBLISHED = "none"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Subject:
    """What a picture is asked of."""

    treaty: str | None = None
    state: str | None = None
    policy: str | None = None
    topic: str | None = None


def under_treaty(view: View, subject: Subject) -> tuple[str, Subject]:
    """Answer the treaty that is meant, Ottawa where none is, and the subject naming it."""
    thing = view.names.treaty(subject.treaty or USUAL_TREATY)
    return thing, replace(subject, treaty=slug(thing))


def framed(view: View, name: str, subject: Subject, said: tuple[str, str]) -> Frame:
    """Answer the frame of a view by its title and sentence, its sources not yet named."""
    title, text = said
    permalink = permalink_of(view, name, subject)
    line = "Sources: the Depositary record"
    return Frame(title, text, view.on, line, view.version, permalink, view.known)


def permalink_of(view: View, name: str, subject: Subject) -> str:
    """Answer the address at which a picture is found again, pinned to its day."""
    given = asdict(subject)
    return view.link(f"graphs/{name}.html", **given, on=view.on_text, known=view.known_text)


def source_line(used: Iterable[SourceRef]) -> str:
    """Answer who is quoted: the publishers named first, and how many more there are."""
    return publishers_line(source.publisher for source in used)


def publishers_line(publishers: Iterable[str]) -> str:
    """Answer the first few of some publishers, each once, and how many more there are."""
    each = [name for name in dict.fromkeys(publishers) if name != UNPUBLISHED]
    more = len(each) - MOST_SOURCES_NAMED
    rest = f" and {more} more" if more > 0 else ""
    named = ", ".join(each[:MOST_SOURCES_NAMED])
    return f"Sources: {named}{rest}" if named else "Sources: the Depositary record"


def cited(refs: Iterable[SourceRef]) -> tuple[Source, ...]:
    """Answer sources as a picture cites them; those that contest are left out."""
    return tuple(Source(r.title, r.url) for r in refs if r.says != "contests")


def sentence(found: Withdrawals) -> str:
    """Answer in one sentence what is to be seen of a treaty on a day."""
    gone = [_who_left(w) for w in found.withdrawals if w.standing == "formerParty"]
    leaving = [w.state.name for w in found.withdrawals if w.standing != "formerParty"]
    parts = [counted(gone, "has left", "have left")]
    if leaving:
        parts.append(counted(leaving, "has a withdrawal pending", "have a withdrawal pending"))
    for suspended in found.suspensions:
        contested = ", which is contested" if suspended.contested_by else ""
        parts.append(f"{suspended.state.name} claims to have suspended it{contested}")
    parts.append(bound(found.parties))
    return capitalised("; ".join(parts) + ".")


def _who_left(found: Withdrawal) -> str:
    contested = ", which is contested" if "withdrawalContested" in found.qualifiers else ""
    return f"{found.state.name}{contested}"


def bound(number: int) -> str:
    """Answer how many states are bound."""
    return f"{number or 'no'} {'states are' if number > 1 else 'state is'} bound"


def capitalised(text: str) -> str:
    """Answer a text that begins with a capital letter; the others stay as they are."""
    return text[:1].upper() + text[1:]


def counted(names: Sequence[str], one: str, many: str) -> str:
    """Answer how many states did something, with their names."""
    listed = f" ({', '.join(names)})" if names else ""
    return (
        f"{spelled(len(names))} {'state ' + one if len(names) <= 1 else 'states ' + many}{listed}"
    )


def spelled(number: int) -> str:
    """Answer a number as a word up to ten, in digits above."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def short(day: str) -> str:
    """Answer an ISO day in few letters: 27 Dec 2025."""
    return f"{day[8:].lstrip('0')} {MONTHS[int(day[5:7]) - 1][:3]} {day[:4]}"
