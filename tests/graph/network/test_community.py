"""Communities: planted ones are found, known figures come out, and order makes no difference."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotComputable, UnknownName
from graph.network.community import communities, stability, two_mode_communities
from graph.network.comparison import adjusted_mutual_information as ami
from graph.network.projection import projection
from graph.network.relation import Incidence, Relation

GROUPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)
KARATE: nx.Graph[str] = nx.relabel_nodes(nx.karate_club_graph(), lambda n: f"m{n:02}")
# Two blocs: each of four states has all three treaties of its own, and none of the other's.
BLOCS = Incidence.of_pairs([
    *((state, treaty) for state in "ABCD" for treaty in "uvw"),
    *((state, treaty) for state in "EFGH" for treaty in "xyz"),
])  # fmt: skip


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_two_cliques_are_two_communities(method: str) -> None:
    two = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3))
    found = communities(Relation.of_graph(nx.relabel_nodes(two, str)), method)
    assert found.of == {"0": 1, "1": 1, "2": 1, "3": 1, "4": 2, "5": 2, "6": 2}
    # 9 ties, of which 6 and 3 inside; degrees sum to 12 and 6 of 18.
    assert found.modularity == pytest.approx(6 / 9 - (12 / 18) ** 2 + 3 / 9 - (6 / 18) ** 2)


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_the_karate_club_has_the_modularity_that_is_published(method: str) -> None:
    """The maximum, 0.4198, is given by Brandes et al., IEEE TKDE 20 (2008), 172-188."""
    graph = KARATE.copy()
    for *_, attributes in graph.edges(data=True):
        attributes.clear()
    found = communities(Relation.of_graph(graph), method)
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)


def test_the_same_seed_gives_the_same_communities() -> None:
    relation = Relation.of_graph(KARATE)
    assert communities(relation, seed=5).of == communities(relation, seed=5).of


@given(st.permutations(sorted(KARATE.edges)))
def test_communities_do_not_depend_on_the_order_of_ties(edges: list[tuple[str, str]]) -> None:
    found = communities(Relation.of_graph(nx.Graph(edges)))
    assert found.of == communities(Relation.of_graph(nx.Graph(sorted(edges)))).of


def test_a_member_without_ties_is_alone() -> None:
    graph = nx.Graph([("A", "B")])
    graph.add_node("C")
    assert communities(Relation.of_graph(graph)).of == {"A": 1, "B": 1, "C": 2}


def test_states_and_treaties_of_a_bloc_are_one_community() -> None:
    found = two_mode_communities(BLOCS)
    assert {found.of[name] for name in "ABCDuvw"} == {1}
    assert {found.of[name] for name in "EFGHxyz"} == {2}
    # Each half holds 12 of 24 ties, where degrees alone give a quarter: 2 (1/2 - 1/4).
    assert found.modularity == pytest.approx(0.5)


def test_the_southern_women_have_the_modularity_that_barber_publishes() -> None:
    """Barber 2007: BRIM from a good start finds Q = 0.321 and better, up to 0.345."""
    women = nx.davis_southern_women_graph()
    pairs = [(w, str(e)) for w in women.graph["top"] for e in women[w]]
    assert 0.321 <= two_mode_communities(Incidence.of_pairs(pairs)).modularity <= 0.346


def test_communities_that_rest_on_every_treaty_are_stable() -> None:
    found = communities(projection(BLOCS))
    labels = BLOCS.columns

    def drawn(numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Relation:
        names = tuple(f"{labels[n]}{place}" for place, n in enumerate(numbers.tolist()))
        return projection(Incidence(BLOCS.rows, names, BLOCS.ties[:, numbers]))

    mean, kept = stability(found, drawn, len(labels), times=10)
    # Now and then all treaties drawn are of one bloc, and the other falls apart.
    assert mean > 0.9
    assert min(kept.values()) > 0.9


def test_an_unknown_method_and_an_empty_network_are_refused() -> None:
    with pytest.raises(UnknownName, match="leiden"):
        communities(Relation.of_graph(KARATE), "leyden")
    with pytest.raises(NotComputable, match="empty"):
        communities(Relation(("A", "B"), np.zeros((2, 2))))
    with pytest.raises(NotComputable, match="empty"):
        two_mode_communities(Incidence.of_pairs([]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 0, 0], [0, 1, 2, 3], 0.0),
        ([0, 0, 0], [1, 1, 1], 1.0),
        # MI = ln 2 / 2, and its mean over the 3 ways to cut 4 into pairs crossed with the cut
        # 1-3: worked by hand from the hypergeometric table.
        ([0, 0, 1, 1], [0, 1, 1, 1], 0.0),
    ],
)
def test_mutual_information_beyond_chance_is_as_worked_by_hand(
    one: list[int], other: list[int], expected: float
) -> None:
    assert ami(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-12)


@given(GROUPS, st.randoms())
def test_mutual_information_is_symmetric_bounded_and_blind_to_names(
    groups: list[tuple[int, int]], order: object
) -> None:
    one, other = (np.array(side) for side in zip(*groups, strict=True))
    found = ami(one, other)
    assert found == pytest.approx(ami(other, one), abs=1e-9)
    assert found == pytest.approx(ami(7 - one, other * 3), abs=1e-9)
    assert found <= 1 + 1e-9
    order.shuffle(groups)  # type: ignore[attr-defined]
    again = ami(*(np.array(side) for side in zip(*groups, strict=True)))
    assert found == pytest.approx(again, abs=1e-9)


@given(GROUPS)
def test_a_partition_tells_all_of_itself(groups: list[tuple[int, int]]) -> None:
    one = np.array([first for first, _ in groups])
    assert ami(one, one) == pytest.approx(1.0)


def test_unrelated_partitions_tell_nothing_of_each_other_on_average() -> None:
    """The mean over all orders of one partition is nought: that is what the adjustment is for."""
    from itertools import permutations

    one = np.array([0, 0, 1, 1, 2])
    every = [ami(one, np.array(other)) for other in permutations([0, 0, 0, 1, 1])]
    assert np.mean(every) == pytest.approx(0, abs=1e-12)


def test_communities_are_numbered_by_size() -> None:
    sizes = Counter(communities(Relation.of_graph(KARATE)).of.values())
    assert [sizes[n] for n in sorted(sizes)] == sorted(sizes.values(), reverse=True)
