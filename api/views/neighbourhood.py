"""What touches one state, treaty or policy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.acts import act_day, acts_of, begun, happenings_under
from api.answers.listings import treaty
from api.answers.names import in_words
from api.answers.norms import policy, policy_rows
from api.answers.sources import all_sources, sources_of
from api.answers.standing import standing
from api.answers.withdrawals import withdrawals
from api.views.frame import cited, framed, sentence, source_line
from api.views.standings import standings_on, state_sentence
from graph.dates import parse_span
from graph.errors import WrongUse
from graph.render.layout import Node
from graph.render.neighbourhood import neighbourhood
from graph.render.picture import Link
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.answers.act_shapes import Act, Happening
    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.picture import Picture
    from graph.store import Row

PAGES = frozenset({"state", "treaty", "policy"})
STATE_NOTE = "Acts, steps at home and statements are left out here: name a treaty to see them."


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
    """Answer a state with its treaties; under one treaty, with every act, step and word."""
    if subject.treaty:
        return _around_state_and_treaty(view, subject)
    state = view.names.state(subject.state or "")
    web = _Web(view, slug(state).upper(), view.names.label(state), "state")
    rows = standings_on(view, state)
    sources = _sources_by_treaty(view, state)
    for treaty_iri, held in rows.items():
        if held["standing"] != "nonSignatory":
            web.standing(treaty_iri, held, sources.get(treaty_iri, []))
    outside = [view.names.label(t) for t, row in rows.items() if row["standing"] == "nonSignatory"]
    if outside:
        what = "1 treaty" if len(outside) == 1 else f"{len(outside)} treaties"
        web.group("outside", what, "neither signed nor bound by", kind="nonSignatory")
    cited_for = _sources_by_policy(view, state)
    for row in policy_rows(view, state):
        if row.valid_from <= view.on_text:
            web.policy(row.id, row.name, row.valid_from, cited_for.get(row.id, []))
    made = web.picture(state_sentence(view, state), subject)
    left_out = f" Neither signed nor bound by: {'; '.join(outside)}." if outside else ""
    return replace(made, note=f"{STATE_NOTE}{left_out} {made.note}".strip())


def _sources_by_treaty(view: View, state: str) -> dict[str, list[SourceRef]]:
    return _sources_by(view, "treaty", view.ask("acts_of_state", state=state))


def _sources_by_policy(view: View, state: str) -> dict[str, list[SourceRef]]:
    found = _sources_by(view, "policy", view.ask("measures_of_state", state=state))
    return {slug(policy_iri): sources for policy_iri, sources in found.items()}


def _sources_by(view: View, column: str, rows: Iterable[Row]) -> dict[str, list[SourceRef]]:
    known = all_sources(view)
    found: dict[str, list[SourceRef]] = {}
    for row in rows:
        named = [known[source] for source in (row["sources"] or "").split()]
        held = found.setdefault(row[column] or "", [])
        held += [source for source in named if source not in held]
    return found


def _around_state_and_treaty(view: View, subject: Subject) -> Picture:
    """Answer a state under one treaty, with its acts, steps and expressions."""
    state = view.names.state(subject.state or "")
    found = standing(view, slug(state), slug(view.names.treaty(subject.treaty or "")))
    kind = found.standing or "unresolved"
    web = _Web(view, slug(state).upper(), view.names.label(state), kind)
    web.treaty(found.treaty.id, found.treaty.name)
    for act in found.acts:
        web.act(act)
    for happening in (*found.domestic_steps, *found.expressions):
        web.happening(happening)
    added = f" ({', '.join(in_words(q) for q in found.qualifiers)})" if found.qualifiers else ""
    text = f"{found.state.name}: {in_words(kind)}{added} under the {found.treaty.name}."
    return web.picture(text, subject)


def _around_treaty(view: View, subject: Subject) -> Picture:
    """Answer a treaty with the acts by which states left or suspended it, and the answers."""
    thing = view.names.treaty(subject.treaty or "")
    found = withdrawals(view, slug(thing))
    web = _Web(view, slug(thing), view.names.label(thing), "treaty")
    leaving = {"withdrawal", "suspension"}
    standings = {one.state.id: one.standing for one in found.withdrawals}
    standings |= {one.state.id: one.standing for one in found.suspensions}
    for act in acts_of(view, treaty=thing):
        if act.type in leaving and begun(act_day(act), view.on_text):
            web.act(act)
            web.actor(act, standings.get(act.state.id, "state"))
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
        page = self._page(kind if kind in PAGES else "state", name)
        self.centre = Node(name, label, kind, href=page)
        self.nodes: dict[str, Node] = {}
        self.links: list[Link] = []
        self.sources: list[SourceRef] = []

    def treaty(self, name: str, label: str) -> None:
        self.nodes[name] = Node(name, label, "treaty", href=self._page("treaty", name))

    def standing(self, treaty_iri: str, row: Row, sources: Sequence[SourceRef]) -> None:
        kind, name = row["standing"] or "unresolved", slug(treaty_iri)
        since = row["since"] or ""
        label = self.view.names.label(treaty_iri)
        self._node(name, label, kind, since, (row["reason"] or "",) if row["reason"] else ())
        self.nodes[name] = replace(self.nodes[name], href=self._page("treaty", name))
        self._link(self.centre.id, name, f"{in_words(kind)} since", since, sources)

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
        if self.centre.kind not in PAGES or self.centre.kind == "state":
            self._link(self.centre.id, act.id, "performed", act_day(act), sources)
            self._link(act.id, act.treaty, "under", act.effective_on, sources)
        else:
            self._link(act.id, self.centre.id, "under", act.effective_on, sources)

    def actor(self, act: Act, kind: str) -> None:
        code = act.state.id
        self.nodes.setdefault(
            code, Node(code, act.state.name, kind, href=self._page("state", code))
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

    def policy(self, name: str, label: str, day: str, sources: Sequence[SourceRef]) -> None:
        self._node(name, label, "policy", day)
        self._link(self.centre.id, name, "held", day, sources)

    def group(self, name: str, label: str, what: str, kind: str = "group") -> None:
        self._node(name, label, kind, None)
        self.nodes[name] = replace(self.nodes[name], href=None)
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
        page = self._page(kind, name)
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
