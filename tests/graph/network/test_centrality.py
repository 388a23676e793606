"""Centrality and core: known graphs, NetworkX as the peer, and what holds of all graphs."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotComputable
from graph.network.centrality import centrality, leading, two_mode_centrality
from graph.network.core_periphery import core_periphery
from graph.network.relation import Incidence, Relation

EDGES = st.lists(
    st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG")).filter(
        lambda pair: pair[0] != pair[1]
    ),
    min_size=1, max_size=20,
)  # fmt: skip
STAR = nx.Graph([("hub", leaf) for leaf in "abcd"])


def of(graph: nx.Graph[str]) -> Relation:
    return Relation.of_graph(graph)


def test_the_hub_of_a_star_is_in_the_middle_of_everything() -> None:
    found = centrality(of(STAR))
    assert found["degree"]["hub"] == 1
    assert found["betweenness"]["hub"] == 1
    assert found["betweenness"]["a"] == 0
    # The vector of a star with n leaves is 1/sqrt(2) for the hub and 1/sqrt(2n) for each leaf.
    assert found["eigenvector"]["hub"] == pytest.approx(1 / math.sqrt(2))
    assert found["eigenvector"]["a"] == pytest.approx(1 / math.sqrt(8))


def test_betweenness_of_a_path_is_as_worked_by_hand() -> None:
    """On A-B-C-D, B lies on A-C and A-D: 2 of the 3 pairs without B."""
    found = centrality(of(nx.Graph([("A", "B"), ("B", "C"), ("C", "D")])))
    assert found["betweenness"]["B"] == pytest.approx(2 / 3)


def test_strength_sums_the_weights() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_weighted_edges_from([("A", "B", 0.5), ("A", "C", 0.25)])
    assert centrality(of(graph))["strength"]["A"] == pytest.approx(0.75)


def test_in_a_disconnected_network_the_strongest_component_alone_is_central() -> None:
    graph = nx.Graph([("A", "B"), ("B", "C"), ("C", "A"), ("D", "E")])
    found = centrality(of(graph))["eigenvector"]
    assert found["D"] == 0
    assert found["A"] == pytest.approx(1 / math.sqrt(3))


def test_two_equal_components_are_equally_central() -> None:
    graph = nx.Graph([("A", "B"), ("C", "D")])
    found = centrality(of(graph))["eigenvector"]
    assert list(found.values()) == pytest.approx([0.5] * 4)


def test_a_network_without_ties_is_refused_with_a_reason() -> None:
    empty = Relation(("A", "B"), np.zeros((2, 2)))
    with pytest.raises(NotComputable, match="empty"):
        centrality(empty)
    with pytest.raises(NotComputable, match="empty"):
        core_periphery(empty)


@given(EDGES)
def test_degree_and_betweenness_are_those_of_networkx(edges: list[tuple[str, str]]) -> None:
    graph: nx.Graph[str] = nx.Graph(edges)
    found = centrality(of(graph))
    assert found["degree"] == pytest.approx(nx.degree_centrality(graph))
    assert found["betweenness"] == pytest.approx(nx.betweenness_centrality(graph))


@given(EDGES)
def test_the_leading_vector_solves_its_equation(edges: list[tuple[str, str]]) -> None:
    weights = of(nx.Graph(edges)).weights()
    vector = leading(weights)
    value = float(vector @ weights @ vector)
    assert np.allclose(weights @ vector, value * vector, atol=1e-6)
    assert value == pytest.approx(np.linalg.eigvalsh(weights)[-1])
    assert (vector >= 0).all()


@given(EDGES, st.permutations("ABCDEFG"))
def test_centrality_does_not_depend_on_names(
    edges: list[tuple[str, str]], names: list[str]
) -> None:
    new = dict(zip("ABCDEFG", names, strict=True))
    found = centrality(of(nx.Graph(edges)))
    renamed = centrality(of(nx.Graph([(new[a], new[b]) for a, b in edges])))
    for measure, values in found.items():
        for member, value in values.items():
            assert renamed[measure][new[member]] == pytest.approx(value, abs=1e-6)


PAIRS = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("vwxyz")), min_size=1)


@given(PAIRS)
def test_two_mode_centrality_is_that_of_networkx(pairs: list[tuple[str, str]]) -> None:
    incidence = Incidence.of_pairs(pairs)
    rows, columns = two_mode_centrality(incidence)
    graph, top = incidence.graph(), list(incidence.rows)
    degree = nx.bipartite.degree_centrality(graph, top)
    assert {**rows["degree"], **columns["degree"]} == pytest.approx(degree)
    if len(incidence.rows) > 1 and len(incidence.columns) > 1:
        through = nx.bipartite.betweenness_centrality(graph, top)
        found = {**rows["betweenness"], **columns["betweenness"]}
        assert found == pytest.approx(through, abs=1e-9)


def test_the_treaty_of_all_is_the_most_central_of_treaties() -> None:
    pairs = [("A", "x"), ("B", "x"), ("C", "x"), ("A", "y")]
    states, treaties = two_mode_centrality(Incidence.of_pairs(pairs))
    assert treaties["degree"] == {"x": 1, "y": pytest.approx(1 / 3)}
    assert states["degree"] == {"A": 1, "B": 0.5, "C": 0.5}


def test_the_core_of_a_clique_with_pendants_is_the_clique() -> None:
    graph = nx.compose(nx.complete_graph(["A", "B", "C"]), nx.Graph(zip("ABC", "abc", strict=True)))
    found = core_periphery(of(graph))
    assert found.core == {"A", "B", "C"}
    assert found.fit == pytest.approx(1)


def test_a_complete_network_has_no_pattern_to_fit() -> None:
    assert core_periphery(of(nx.complete_graph(["A", "B", "C"]))).fit is None


@given(EDGES)
def test_no_other_core_fits_better(edges: list[tuple[str, str]]) -> None:
    relation = of(nx.Graph(edges))
    tied = relation.weights() > 0
    found = core_periphery(relation).core
    size = len(relation.labels)

    def misfits(members: frozenset[str]) -> int:
        within = [label in members for label in relation.labels]
        return sum(
            (within[i] and within[j] and not tied[i, j])
            or (not within[i] and not within[j] and bool(tied[i, j]))
            for i in range(size) for j in range(i)
        )  # fmt: skip

    every = (
        frozenset(label for place, label in enumerate(relation.labels) if code >> place & 1)
        for code in range(1, 2**size)
    )
    assert misfits(found) == min(map(misfits, every))


@given(EDGES)
def test_components_are_those_of_networkx(edges: list[tuple[str, str]]) -> None:
    graph: nx.Graph[str] = nx.Graph(edges)
    assert of(graph).components() == nx.number_connected_components(graph)
