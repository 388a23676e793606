"""The pictures of answers: which states stand where, and what touches a thing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.answers.acts import act_day, acts_of, begun, happenings_under
from api.answers.listings import states, treaty
from api.answers.names import in_words
from api.answers.norms import policies, policy
from api.answers.sources import sources_of
from api.answers.standing import standing, standings
from api.answers.withdrawals import withdrawals
from graph.dates import MONTHS, parse_span
from graph.errors import UnknownName, WrongUse
from graph.render.layout import Node
from graph.render.neighbourhood import neighbourhood
from graph.render.picture import Frame, Link, Source
from graph.render.ring import RingEntry, ring
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from api.answers.shapes import Act, Happening, SourceRef, Withdrawals
    from api.answers.view import View
    from graph.render.picture import Picture

MOST_SOURCES_NAMED = 4
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Subject:
    """What a picture is asked of."""

    treaty: str | None = None
    state: str | None = None
    policy: str | None = None


def picture(view: View, name: str, subject: Subject) -> Picture:
    """Answer a picture by the name of its view."""
    if name not in VIEWS:
        kind = "view"
        raise UnknownName(kind, name, VIEWS)
    if name == "ring" and (subject.state or subject.policy):
        message = "The ring shows a treaty; name treaty=… and neither a state nor a policy."
        raise WrongUse(message)
    if subject.policy and (subject.state or subject.treaty):
        message = "Name a policy alone, or a state, a treaty, or a state and a treaty."
        raise WrongUse(message)
    return VIEWS[name](view, subject)


def sentence(found: Withdrawals) -> str:
    """Answer in one sentence what is to be seen of a treaty on a day."""
    gone = [w.state.name for w in found.withdrawals if w.standing == "formerParty"]
    leaving = [w.state.name for w in found.withdrawals if w.standing != "formerParty"]
    parts = [_count(gone, "has left", "have left")]
    if leaving:
        parts.append(_count(leaving, "has a withdrawal pending", "have a withdrawal pending"))
    for suspended in found.suspensions:
        contested = ", which is contested" if suspended.contested_by else ""
        parts.append(f"{suspended.state.name} claims to have suspended it{contested}")
    parts.append(f"{found.parties} {'state is' if found.parties == 1 else 'states are'} bound")
    text = "; ".join(parts) + "."
    return text[:1].upper() + text[1:]


def _count(names: Sequence[str], one: str, many: str) -> str:
    number = NUMBERS[len(names)] if len(names) < len(NUMBERS) else str(len(names))
    listed = f" ({', '.join(names)})" if names else ""
    return f"{number} {'state ' + one if len(names) <= 1 else 'states ' + many}{listed}"


def _ring(view: View, subject: Subject) -> Picture:
    """Answer the ring: the treaty in the middle, every state by its standing and region."""
    thing = view.names.treaty(subject.treaty or "ottawa")
    found = withdrawals(view, slug(thing))
    notes = {w.state.id: _note(w.standing, w.effective_on) for w in found.withdrawals}
    notes |= {s.state.id: "claims suspension" for s in found.suspensions}
    places = {row.id: row for row in states(view).states}
    entries = [
        RingEntry(
            code := row["code"] or "",
            row["name"] or "",
            places[code].region.capitalize(),
            places[code].subregion,
            row["standing"] or None,
            tuple((row["qualifiers"] or "").split()),
            notes.get(code, row["reason"] or ""),
            view.link(f"id/state/{code.lower()}"),
        )
        for row in standings(view, thing)
    ]
    name = view.names.label(thing)
    used = [s for w in found.withdrawals for s in w.sources]
    used += [s for w in found.suspensions for s in w.sources]
    permalink = _permalink(view, "ring", subject)
    frame = _frame(view, f"{name}: how states stand", sentence(found), used, permalink)
    return ring(frame, name, entries)


def _note(standing_code: str, effective: str | None) -> str:
    if effective is None:
        return "no day of effect"
    day = f"{effective[8:].lstrip('0')} {MONTHS[int(effective[5:7]) - 1][:3]} {effective[:4]}"
    return f"left {day}" if standing_code == "formerParty" else f"leaves {day}"


def _neighbourhood(view: View, subject: Subject) -> Picture:
    """Answer what touches one state, treaty or policy, each edge with its sources."""
    chosen = [name for name in (subject.state, subject.policy, subject.treaty) if name]
    if not chosen:
        message = "Name what is in the middle: state=…, treaty=… or policy=…."
        raise WrongUse(message)
    if subject.state:
        return _around_state(view, subject)
    return _around_policy(view, subject) if subject.policy else _around_treaty(view, subject)


def _around_state(view: View, subject: Subject) -> Picture:
    """Answer a state with its acts, steps, expressions and policies."""
    state = view.names.state(subject.state or "")
    every = (slug(treaty) for treaty in view.names.all_of("treaty"))
    chosen = [subject.treaty] if subject.treaty else list(every)
    web = _Web(view, slug(state).upper(), view.names.label(state), "state")
    sentences: list[str] = []
    for name in chosen:
        found = standing(view, slug(state), slug(view.names.treaty(name)))
        web.treaty(found.treaty.id, found.treaty.name)
        for act in found.acts:
            web.act(act)
        for happening in (*found.domestic_steps, *found.expressions):
            web.happening(happening)
        words = found.standing or "unresolved"
        added = f" ({', '.join(in_words(q) for q in found.qualifiers)})" if found.qualifiers else ""
        sentences.append(
            f"{found.state.name}: {in_words(words)}{added} under the {found.treaty.name}."
        )
    for row in policies(view, slug(state)).policies:
        if row.valid_from <= view.on_text:
            web.policy(row.id, row.name, row.valid_from)
    return web.picture(" ".join(sentences), subject)


def _around_treaty(view: View, subject: Subject) -> Picture:
    """Answer a treaty with the acts by which states left or suspended it, and the answers."""
    thing = view.names.treaty(subject.treaty or "")
    found = withdrawals(view, slug(thing))
    web = _Web(view, slug(thing), view.names.label(thing), "treaty")
    leaving = {"withdrawal", "suspension"}
    for act in acts_of(view, treaty=thing):
        if act.type in leaving and begun(act_day(act), view.on_text):
            web.act(act)
            web.actor(act)
    for happening in happenings_under(view, thing):
        about_act = (happening.towards or "").startswith("action/")
        if about_act and begun(happening.done_on, view.on_text):
            web.happening(happening)
    web.group("parties", f"{found.parties} parties", "bound by it")
    for rule in treaty(view, slug(thing)).rules:
        web.rule(rule.id, f"{rule.article}: {rule.name}")
    return web.picture(sentence(found), subject)


def _around_policy(view: View, subject: Subject) -> Picture:
    """Answer a policy with its holder, its measures and what it replaced."""
    found = policy(view, subject.policy or "")
    web = _Web(view, found.policy.id, found.policy.name, "policy")
    web.holder(found.policy.state.id, found.policy.state.name, found.sources)
    for measure in found.measures:
        web.measure(measure.id, measure.name, measure.modality, measure.sources)
    if found.policy.replaces:
        web.replaced(found.policy.replaces, found.sources)
    kind = in_words(found.policy.instrument)
    text = f"A {kind} with {len(found.measures)} measures, {in_words(found.policy.status)}."
    return web.picture(text, subject)


VIEWS: Mapping[str, Callable[[View, Subject], Picture]] = {
    "ring": _ring,
    "neighbourhood": _neighbourhood,
}


class _Web:
    """Gathers the nodes and links around a centre."""

    def __init__(self, view: View, name: str, label: str, kind: str) -> None:
        self.view = view
        self.centre = Node(name, label, kind, href=self._page(kind, name))
        self.nodes: dict[str, Node] = {}
        self.links: list[Link] = []
        self.sources: list[SourceRef] = []

    def treaty(self, name: str, label: str) -> None:
        self.nodes[name] = Node(name, label, "treaty", href=self._page("treaty", name))

    def act(self, act: Act) -> None:
        detail = tuple(
            f"{what} {parse_span(day).in_words()}"
            for what, day in (
                ("circulated", act.circulated_on),
                ("in effect", act.effective_on),
            )
            if day
        )
        self._node(act.id, in_words(act.type).capitalize(), "action", act_day(act), detail)
        sources = sources_of(act.claims)
        if self.centre.kind == "state":
            self._link(self.centre.id, act.id, "performed", act_day(act), sources)
            self._link(act.id, act.treaty, "under", act.effective_on, sources)
        else:
            self._link(act.id, self.centre.id, "under", act.effective_on, sources)

    def actor(self, act: Act) -> None:
        code = act.state.id
        self.nodes.setdefault(
            code, Node(code, act.state.name, "state", href=self._page("state", code))
        )
        self._link(code, act.id, "performed", act_day(act), sources_of(act.claims))

    def happening(self, found: Happening) -> None:
        kind = "expression" if found.stance else "step"
        sources = sources_of(found.claims)
        label = in_words(found.type).capitalize()
        self._node(found.id, label, kind, found.done_on, (found.summary,))
        if found.by.id == self.centre.id:
            self._link(
                self.centre.id,
                found.id,
                "took" if kind == "step" else "said",
                found.done_on,
                sources,
            )
            return
        speaker = Node(found.by.id, found.by.name, "meeting" if found.by.id.islower() else "state")
        self.nodes.setdefault(found.by.id, speaker)
        self._link(found.by.id, found.id, "said", found.done_on, sources)
        target = slug(found.towards or "")
        if target in self.nodes or target == self.centre.id:
            self._link(found.id, target, found.stance or "about", found.done_on, sources)

    def policy(self, name: str, label: str, day: str) -> None:
        self._node(name, label, "policy", day)
        found = policy(self.view, name)
        self._link(self.centre.id, name, "held", day, found.sources)

    def group(self, name: str, label: str, what: str) -> None:
        self._node(name, label, "group", None)
        self._link(name, self.centre.id, what, None, [])

    def rule(self, name: str, label: str) -> None:
        self._node(name, label, "rule", None)
        self._link(self.centre.id, name, "provides", None, [])

    def holder(self, code: str, name: str, sources: Sequence[SourceRef]) -> None:
        self.nodes[code] = Node(code, name, "state", href=self._page("state", code))
        self._link(code, self.centre.id, "holds", None, sources)

    def measure(self, name: str, label: str, modality: str, sources: Sequence[SourceRef]) -> None:
        self._node(name, label, "measure", None)
        self._link(self.centre.id, name, modality, None, sources)

    def replaced(self, name: str, sources: Sequence[SourceRef]) -> None:
        found = policy(self.view, name)
        self._node(name, found.policy.name, "policy", found.policy.valid_from)
        self._link(self.centre.id, name, "replaced", None, sources)

    def picture(self, text: str, subject: Subject) -> Picture:
        title = f"{self.centre.label}: what touches it"
        permalink = _permalink(self.view, "neighbourhood", subject)
        frame = _frame(self.view, title, text, self.sources, permalink)
        return neighbourhood(frame, self.centre, list(self.nodes.values()), self.links)

    def _page(self, kind: str, name: str) -> str:
        return self.view.link(f"id/{kind}/{name.lower()}")

    def _node(
        self, name: str, label: str, kind: str, day: str | None, detail: tuple[str, ...] = ()
    ) -> None:
        page = self._page(kind, name) if kind != "group" else None
        span = parse_span(day) if day else None
        bounds = (span.in_words(),) if span and not span.day else ()
        exact = span.day if span else None
        self.nodes[name] = Node(name, label, kind, exact, (*bounds, *detail), page)

    def _link(
        self, source: str, target: str, label: str, day: str | None, refs: Iterable[SourceRef]
    ) -> None:
        refs = list(refs)
        self.sources += refs
        cited = tuple(Source(r.title, r.url) for r in refs if r.says != "contests")
        exact = parse_span(day).day if day else None
        self.links.append(Link(source, target, label, day=exact, sources=cited))


def _permalink(view: View, name: str, subject: Subject) -> str:
    return view.link(
        f"graphs/{name}.html",
        treaty=subject.treaty,
        state=subject.state,
        policy=subject.policy,
        on=view.on_text,
        known=view.known_text,
    )


def _frame(view: View, title: str, text: str, used: Iterable[SourceRef], permalink: str) -> Frame:
    return Frame(title, text, view.on, _source_line(used), view.version, permalink, view.known)


def _source_line(used: Iterable[SourceRef]) -> str:
    """Answer who is quoted: the publishers named most often, and how many more there are."""
    by_publisher: dict[str, set[str]] = defaultdict(set)
    for source in used:
        by_publisher[source.publisher].add(source.id)
    named = list(by_publisher)[:MOST_SOURCES_NAMED]
    more = len(by_publisher) - len(named)
    rest = f" and {more} more" if more > 0 else ""
    return f"Sources: {', '.join(named)}{rest}" if named else "Sources: the Depositary record"
