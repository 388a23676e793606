"""Random small data and random queries over it, for tests that compare two ways to answer."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

NODES = tuple(f"<n:{number}>" for number in range(3))
NUMBERS = ("1", "2", "3")
PREDICATES = ("<p:p>", "<p:q>", "<p:r>")
NAMES = ("?a", "?b", "?c", "?d", "?e")
GRAPHS = ("<g:1>", "<g:2>")

quads = st.lists(
    st.tuples(
        st.sampled_from(NODES),
        st.sampled_from(PREDICATES),
        st.sampled_from((*NODES, *NUMBERS)),
        st.sampled_from(GRAPHS),
    ),
    min_size=6,
    max_size=30,
)

names = st.sampled_from(NAMES)
subjects = st.sampled_from((*NAMES, *NAMES, NODES[0], "_:b"))
objects = st.sampled_from((*NAMES, *NAMES, *NODES[:2], "1", "[]", "[ <p:q> ?a ]"))
predicates = st.sampled_from(
    (*PREDICATES, *PREDICATES, "?a", "<p:p>/<p:q>", "^<p:p>", "(<p:p>|<p:q>)", "<p:p>*", "<p:q>?")
)
triples = st.builds(
    lambda subject, pairs: f"{subject} {' ; '.join(' '.join(pair) for pair in pairs)} . ",
    subjects,
    st.lists(st.tuples(predicates, objects), min_size=1, max_size=2),
)
blocks = st.lists(triples, min_size=1, max_size=2).map("".join)
terms = st.sampled_from((*NODES[:2], *NUMBERS))
comparisons = st.builds(
    lambda one, sign, other: f"{one} {sign} {other}",
    names,
    st.sampled_from(("<", ">=", "=", "!=")),
    st.one_of(names, terms),
)
tests = st.one_of(comparisons, names.map("BOUND({})".format), names.map("!BOUND({})".format))
constants = st.one_of(
    st.builds("VALUES {} {{ {} {} }} ".format, names, terms, terms),
    st.builds("VALUES {} {{ {} }} ".format, names, terms),
    st.builds(
        "VALUES ({} ?e) {{ ({} UNDEF) ({} 1) }} ".format, st.sampled_from(NAMES[:4]), terms, terms
    ),
    st.builds("BIND ({} AS {}) ".format, terms, names),
    st.builds("BIND ({} + 1 AS {}) ".format, names, names),
)


@st.composite
def groups(draw: st.DrawFn, depth: int = 2) -> str:
    """Draw a group graph pattern, which the engine may find illegal."""
    parts = [draw(blocks), *draw(st.lists(_part(depth), max_size=3))]
    return f"{{ {''.join(draw(st.permutations(parts)))}}}"


@cache
def _part(depth: int) -> st.SearchStrategy[str]:
    filters = tests.map("FILTER ({}) ".format)
    if depth == 0:
        return st.one_of(blocks, filters, constants)
    inner = groups(depth=depth - 1)
    without = st.one_of(
        inner.map("FILTER NOT EXISTS {} ".format),
        inner.map("FILTER (!EXISTS {}) ".format),
        inner.map("FILTER EXISTS {} ".format),
        st.builds("FILTER ({} && NOT EXISTS {}) ".format, tests, inner),
        st.builds("FILTER ({} || NOT EXISTS {}) ".format, tests, inner),
    )
    others = st.one_of(
        inner.map("OPTIONAL {} ".format),
        inner.map("MINUS {} ".format),
        inner.map("{} ".format),
        st.builds("{} UNION {} ".format, inner, inner),
        st.builds("GRAPH {} {} ".format, st.sampled_from(("?g", "?a", *GRAPHS)), inner),
        st.builds("{{ SELECT {} {} WHERE {} }} ".format, names, names, inner),
        st.builds(
            "{{ SELECT {} (COUNT(*) AS ?n) WHERE {} GROUP BY {} }} ".format, names, inner, names
        ),
        st.builds("OPTIONAL {} FILTER (!BOUND({})) ".format, inner, names),
    )
    return st.one_of(without, without, filters, others, constants)


queries = st.builds(
    "SELECT {} WHERE {}".format, st.sampled_from(("*", "?a ?b", "?a ?c ?d")), groups()
)


links = st.sampled_from(
    (
        "?w <p:p> ?a ; <p:q> ?x . ",
        "?w <p:p> ?b . ?w ?x ?y . ",
        "?a <p:q> ?w . ?w <p:r> ?b . ",
        "?w <p:p> ?a , ?b . ",
        "_:w <p:p> ?a ; <p:r> ?w . ",
        "{ ?w <p:p> ?a ; <p:q> ?x } UNION { ?a <p:p> ?w ; <p:q> ?x } ",
        "GRAPH <g:1> { ?w <p:p> ?a ; <p:q> ?x } ",
        "?w ?x ?a ; ?y ?b . ",
    )
)
inner_tests = st.one_of(
    st.just(""),
    st.builds(
        "FILTER ({} {} {}) ".format,
        st.sampled_from(("?x", "?w", "?c")),
        st.sampled_from(("<", ">=", "=", "!=")),
        st.sampled_from(("?a", "?b", "?c", "?x", "?y", "2", NODES[0])),
    ),
    st.sampled_from(
        (
            "OPTIONAL { ?w <p:r> ?y } FILTER (!BOUND(?y) || ?y > 1) ",
            "OPTIONAL { ?w <p:r> ?c } ",
            "FILTER NOT EXISTS { ?z <p:p> ?w ; <p:q> ?x } ",
            "FILTER NOT EXISTS { ?z <p:p> ?w ; <p:q> ?c } ",
            "FILTER EXISTS { ?z <p:p> ?w ; <p:q> ?b } ",
            "MINUS { ?w <p:r> ?z } ",
            "MINUS { ?w <p:r> ?b } ",
            "VALUES ?x { 1 2 } ",
            "VALUES (?x ?c) { (1 UNDEF) (UNDEF 2) } ",
            "BIND (?c AS ?z) FILTER (?z = 1) ",
            "?w <p:r>* ?c . ",
            "{ SELECT ?w WHERE { ?w <p:r> ?c } } ",
        )
    ),
)
outer_parts = st.sampled_from(
    (
        "",
        "",
        "?a <p:r> ?c . ",
        "OPTIONAL { ?a <p:r> ?c } ",
        "BIND (1 AS ?c) ",
        "BIND (?b AS ?c) ",
        "VALUES ?c { 1 2 } ",
        "VALUES (?a ?c) { (UNDEF 1) (<n:0> 2) } ",
        "FILTER (?b != 1) ",
        "MINUS { ?a <p:q> ?c } ",
        "{ SELECT ?c WHERE { ?c <p:p> ?b } } ",
        "{ ?a <p:r> ?c } UNION { ?b <p:r> ?c } ",
        "GRAPH ?c { ?a <p:r> ?b } ",
    )
)


around = st.sampled_from(
    (
        *["{}"] * 6,
        "{{ OPTIONAL {} }}",
        "{{ ?c <p:q> ?b OPTIONAL {} }}",
        "{{ GRAPH ?g {} }}",
        "{{ GRAPH <g:1> {} }}",
        "{{ ?a <p:p> ?c MINUS {} }}",
        "{{ {} UNION {{ ?a <p:q> ?c }} }}",
        "{{ ?a <p:p> ?c FILTER EXISTS {} }}",
        "{{ {{ SELECT ?a WHERE {} }} ?a <p:r> ?d }}",
    )
)
firsts = st.sampled_from(("?a <p:p> ?b . ", "?a <p:p> ?b . ", "?a ?c ?b . ", "?a <p:q> [] . "))
spellings = st.sampled_from(
    (
        "FILTER NOT EXISTS {{ {0}}} ",
        "FILTER (?a != 3 && NOT EXISTS {{ {0}}}) ",
        "OPTIONAL {{ {0}}} FILTER (!BOUND(?w)) ",
        "OPTIONAL {{ {0}}} FILTER (!BOUND(?x)) ",
    )
)
odd = st.one_of(*[st.just("")] * 4, _part(1))


@st.composite
def anti_joins(draw: st.DrawFn) -> str:
    """Draw a question of the kind that the rewriting is for, with parts that may forbid it."""
    without = draw(spellings).format(draw(links) + draw(inner_tests) + draw(odd))
    group = f"{{ {draw(firsts)}{draw(outer_parts)}{without}{draw(outer_parts)}{draw(odd)}}}"
    chosen = draw(st.sampled_from(("*", "?a ?b ?c", "?a ?b ?c", "DISTINCT ?a")))
    return f"SELECT {chosen} WHERE {draw(around).format(group)}"
