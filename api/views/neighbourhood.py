"""What touches one state, treaty or policy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.acts import act_day, acts_of, begun, happenings_under
from api.answers.listings import treaty
from api.answers.names import in_words
from api.answers.norms import policies, policy
from api.answers.sources import sources_of
from api.answers.standing import standing
from api.answers.withdrawals import withdrawals
from api.views.frame import cited, framed, sentence, source_line
from graph.dates import parse_span
from graph.errors import WrongUse
from graph.render.layout import Node
from graph.render.neighbourhood import neighbourhood
from graph.render.picture import Link
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.answers.shapes import Act, Happening, SourceRef
    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.picture import Picture


def neighbourhood_view(view: View, subject: Subject) -> Picture:
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
        frame = framed(self.view, "neighbourhood", subject, (title, text))
        frame = replace(frame, source_line=source_line(self.sources))
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
        exact = parse_span(day).day if day else None
        self.links.append(Link(source, target, label, day=exact, sources=cited(refs)))
