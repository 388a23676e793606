"""Projections: worked by hand, and what holds of all of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotComputable, UnknownName
from graph.network.projection import FORMULAS, chance_of_sharing, projection
from graph.network.relation import Incidence

PAIRS = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("uvwxyz")), min_size=1, max_size=40
)
# A: u v w; B: v w x; C: x.
TIES = Incidence.of_pairs([*zip("AAA", "uvw", strict=True), *zip("BBB", "vwx", strict=True),
                           ("C", "x")])  # fmt: skip


@pytest.mark.parametrize(
    ("weight", "one", "other", "expected"),
    [
        ("count", "A", "B", 2),
        ("count", "A", "C", 0),
        ("jaccard", "A", "B", 2 / 4),
        ("jaccard", "B", "C", 1 / 3),
        ("cosine", "A", "B", 2 / 3),
        ("cosine", "B", "C", 1 / math.sqrt(3)),
    ],
)
def test_a_projection_is_as_worked_by_hand(
    weight: str, one: str, other: str, expected: float
) -> None:
    assert projection(TIES, weight).between(one, other) == pytest.approx(expected)


def test_treaties_are_projected_by_the_parties_they_share() -> None:
    assert projection(TIES.transposed(), "count").between("v", "w") == 2


def test_the_chance_of_sharing_is_the_hypergeometric_tail() -> None:
    """Of 4 things one has 3 and another 3: they share 2 or 3, with chances 9/12 and 3/12."""
    shared, sizes = np.array([[3.0, 3.0], [3.0, 3.0]]), np.array([3.0, 3.0])
    assert chance_of_sharing(shared, sizes, 4)[0, 1] == pytest.approx(1 / 4)
    assert chance_of_sharing(shared - 1, sizes, 4)[0, 1] == pytest.approx(1.0)


def test_the_backbone_keeps_only_what_chance_cannot_explain() -> None:
    """Two states alone share ten of twenty treaties: the chance is 1 / (20 choose 10)."""
    alike = [(state, f"t{n:02}") for state in "AB" for n in range(10)]
    apart = [("C", f"t{n:02}") for n in range(5, 15)] + [("D", f"t{n:02}") for n in range(10, 20)]
    kept = projection(Incidence.of_pairs(alike + apart), "backbone")
    assert kept.between("A", "B") == 1
    assert kept.between("A", "C") == 0


@given(PAIRS, st.sampled_from(sorted(FORMULAS)), st.randoms())
def test_a_projection_is_symmetric_and_does_not_depend_on_the_order_of_rows(
    pairs: list[tuple[str, str]], weight: str, order: object
) -> None:
    found = projection(Incidence.of_pairs(pairs), weight)
    order.shuffle(pairs)  # type: ignore[attr-defined]
    again = projection(Incidence.of_pairs(pairs), weight)
    assert np.array_equal(found.values, found.values.T)
    assert np.array_equal(found.values, again.values)
    assert found.labels == again.labels


@given(PAIRS, st.sampled_from(["jaccard", "cosine", "backbone"]))
def test_likeness_lies_between_nothing_and_all(pairs: list[tuple[str, str]], weight: str) -> None:
    values = projection(Incidence.of_pairs(pairs), weight).values
    assert values.min() >= 0
    assert values.max() <= 1 + 1e-12


@given(PAIRS, st.sampled_from(sorted(FORMULAS)))
def test_a_projection_does_not_depend_on_names(pairs: list[tuple[str, str]], weight: str) -> None:
    names = dict(zip("ABCDEF", "FEDCBA", strict=True))
    found = projection(Incidence.of_pairs(pairs), weight)
    renamed = projection(Incidence.of_pairs((names[a], b) for a, b in pairs), weight)
    for one in found.labels:
        for other in found.labels:
            same = renamed.between(names[one], names[other])
            assert same == pytest.approx(found.between(one, other))


def test_an_empty_network_is_refused_with_a_reason() -> None:
    with pytest.raises(NotComputable, match="empty"):
        projection(Incidence.of_pairs([]))


def test_an_unknown_weight_names_those_that_are_near() -> None:
    with pytest.raises(UnknownName, match="jaccard"):
        projection(TIES, "jacard")


def test_a_relation_goes_to_networkx_and_back() -> None:
    graph = projection(TIES, "jaccard").graph()
    assert graph.edges["A", "B"]["weight"] == pytest.approx(0.5)
    assert not graph.has_edge("A", "C")
    again = type(projection(TIES)).of_graph(graph)
    assert again.between("A", "B") == pytest.approx(0.5)
