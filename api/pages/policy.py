"""The page of a policy: the instrument, its measures, what it replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers.norms import policies, policy
from api.pages.frame import Alternate, Head, Links, show
from ontology.namespaces import slug

if TYPE_CHECKING:
    from fastapi.responses import HTMLResponse

    from api.answers.things import Thing
    from api.answers.view import View


def policy_page(view: View, thing: Thing) -> HTMLResponse:
    """Answer a policy with its measures and the documents that they rest on."""
    name = slug(thing.iri)
    found = policy(view, name)
    others = policies(view, found.policy.state.id)
    links = Links.of(view)
    head = Head(
        found.policy.name,
        f"{found.policy.name}: {len(found.measures)} measures, held by {found.policy.state.name}.",
        f"id/policy/{name}",
        [
            Alternate("application/json", "JSON", links.to(f"policies/{name}")),
            Alternate("text/csv", "CSV", links.to(f"policies/{name}.csv")),
            Alternate("text/turtle", "Turtle", links.to(f"id/policy/{name}.ttl")),
        ],
    )
    titles = {row.id: row.name for row in others.policies}
    replaced_by = [row for row in others.policies if row.replaces == name]
    return show(
        view,
        "policy.html",
        head,
        found=found,
        titles=titles,
        replaced_by=replaced_by,
        in_force=others.in_force == name,
    )
