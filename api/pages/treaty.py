"""The start page and the page of a treaty: who left, who is leaving, who is bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers import listings
from api.answers.acts import act_day, actions, begun
from api.answers.articles import taken_apart
from api.answers.parties import counts, parties
from api.answers.pictures import sentence
from api.answers.withdrawals import withdrawals
from api.pages.days import days_of_treaty
from api.pages.frame import Alternate, Head, Links, card, pasted, show
from api.pages.picture import KINDS
from api.pages.words import in_words
from ontology.namespaces import iri, slug

if TYPE_CHECKING:
    from fastapi.responses import HTMLResponse

    from api.answers.things import Thing
    from api.answers.treaty_shapes import Withdrawals
    from api.answers.view import View

RECENT = 8
MAIN_VIEW = "map"
QUOTED = """SELECT ?thing ?source WHERE {{
  ?thing a dep:EffectRule ; dep:ofTreaty <{treaty}> ; prov:wasQuotedFrom ?source
}} ORDER BY ?source"""


def start_page(view: View) -> HTMLResponse:
    """Answer the main question at sight, and lead to the rest."""
    found = withdrawals(view, "ottawa")
    head = Head(
        "Who left the Ottawa treaty?",
        f"{sentence(found)} As of {in_words(found.on)}.",
        "",
        _alternates(view, found.treaty.id),
        dataset=True,
        image=card(view, treaty=found.treaty.id),
    )
    titles = {source.id: source for source in listings.sources(view).sources}
    documents = [(titles[one], many) for one, many in taken_apart(view).items()]
    shown = show(view, "start.html", head, documents=documents, **_answer(view, found))
    # oEmbed 1.0 (section 4) takes the header too; so this page names no full address but its own.
    discovery = f'<{pasted(view, "")}>; rel="alternate"; type="application/json+oembed"'
    shown.headers["Link"] = discovery
    return shown


def treaty_page(view: View, thing: Thing) -> HTMLResponse:
    """Answer a treaty: how states stand under it, its clauses, its acts, its parties."""
    name = slug(thing.iri)
    found = withdrawals(view, name)
    head = Head(
        thing.label,
        f"{sentence(found)} As of {in_words(found.on)}.",
        f"id/treaty/{name}",
        _alternates(view, name),
        dataset=True,
        image=card(view, treaty=name),
        oembed=pasted(view, f"id/treaty/{name}"),
    )
    done = [act for act in actions(view, name).actions if begun(act_day(act), view.on_text)]
    changed = counts(view, name).counts
    return show(
        view,
        "treaty.html",
        head,
        thing=thing,
        about=listings.treaty(view, name),
        rule_sources=_rule_sources(view, name),
        acts=sorted(done, key=lambda act: act_day(act) or "", reverse=True),
        recent=changed[-RECENT:][::-1],
        earlier=changed[:-RECENT][::-1],
        bound=parties(view, name),
        **_answer(view, found),
    )


def _answer(view: View, found: Withdrawals) -> dict[str, object]:
    """Answer what the start page and the page of a treaty share."""
    gone = [w for w in found.withdrawals if w.standing == "formerParty"]
    return {
        "found": found,
        "sentence": sentence(found),
        "gone": gone,
        "pending": [w for w in found.withdrawals if w.standing != "formerParty"],
        "names": _state_names(view),
        "main_view": MAIN_VIEW,
        "pictures": list(KINDS.items()),
        "sparql": _ask(view, found),
        "days": days_of_treaty(view, found.treaty.id),
    }


def _state_names(view: View) -> dict[str, str]:
    return {slug(state).upper(): view.names.label(state) for state in view.names.all_of("state")}


def _ask(view: View, found: Withdrawals) -> str:
    """Answer the page on which the query of the table stands, and its rows."""
    query = (found.tail.sparql or "").partition("?")[2]
    return f"{Links.of(view).bare('sparql')}?{query}"


def _rule_sources(view: View, treaty: str) -> dict[str, list[str]]:
    """Answer the sources of each rule, so that what no source confirms can be marked."""
    sources: dict[str, list[str]] = {}
    for row in view.store.select(QUOTED.format(treaty=iri("treaty", treaty))):
        sources.setdefault(slug(row["thing"] or ""), []).append(slug(row["source"] or ""))
    return sources


def _alternates(view: View, treaty: str) -> list[Alternate]:
    links = Links.of(view)
    withdrawn, thing = f"treaties/{treaty}/withdrawals", f"id/treaty/{treaty}"
    return [
        Alternate("application/json", "JSON", links.to(f"{withdrawn}.json")),
        Alternate("text/csv", "CSV", links.to(f"{withdrawn}.csv")),
        Alternate("text/turtle", "Turtle", links.to(f"{thing}.ttl")),
        Alternate("application/ld+json", "JSON-LD", links.to(f"{thing}.jsonld")),
    ]
