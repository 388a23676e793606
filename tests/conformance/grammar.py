"""A grammar of SPARQL for hypothesis: legal queries over the dataset, and texts that are none."""

from __future__ import annotations

from hypothesis import strategies as st

VARIABLES = st.sampled_from(["?a", "?b", "?c", "$d"])
IRIS = st.sampled_from(
    [":ann", ":bob", ":cyd", ":knows", ":age", ":name", "<http://example.org/in>", "rdf:type"]
)
LITERALS = st.sampled_from(
    ["17", "-1", "1.5", "2.5e0", "true", '"Ann"@en', "'x'", '"1990-02-28"^^xsd:date', '"""a"b"""']
)
TERMS = st.one_of(VARIABLES, IRIS, LITERALS)
PATHS = st.sampled_from([":knows+", ":knows*", "^:knows", ":knows/:age", "(:knows|:in)", "!:name"])
TRIPLES = st.builds(
    "{} {} {} .".format,
    st.one_of(VARIABLES, IRIS),
    st.one_of(VARIABLES, IRIS, PATHS),
    TERMS,
)
CONDITIONS = st.one_of(
    st.builds("{} {} {}".format, TERMS, st.sampled_from(["=", "<", "!=", ">="]), TERMS),
    st.builds("BOUND({})".format, VARIABLES),
    st.builds("isIRI({}) && !isBlank({})".format, VARIABLES, VARIABLES),
    st.builds('REGEX(STR({}), "a+", "i")'.format, VARIABLES),
    st.builds("{} IN (17, :ann)".format, VARIABLES),
)
VALUES = st.builds("VALUES {} {{ 17 :ann UNDEF }}".format, VARIABLES)


def _wider(groups: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    part = st.one_of(
        TRIPLES,
        VALUES,
        st.builds("FILTER ({})".format, CONDITIONS),
        st.builds("OPTIONAL {}".format, groups),
        st.builds("MINUS {}".format, groups),
        st.builds("FILTER NOT EXISTS {}".format, groups),
        st.builds("{} UNION {}".format, groups, groups),
        st.builds("GRAPH ?g {}".format, groups),
        st.builds("{{ SELECT * WHERE {} }}".format, groups),
    )
    return st.lists(part, min_size=1, max_size=3).map(lambda parts: f"{{ {' '.join(parts)} }}")


GROUPS = st.recursive(
    st.lists(TRIPLES, min_size=1, max_size=2).map(lambda parts: f"{{ {' '.join(parts)} }}"),
    _wider,
    max_leaves=5,
)
TAILS = st.sampled_from(["", " LIMIT 3", " OFFSET 1", " ORDER BY ?a LIMIT 50"])
QUERIES = st.one_of(
    st.builds("SELECT * WHERE {}{}".format, GROUPS, TAILS),
    st.builds("SELECT DISTINCT ?a ?b WHERE {}".format, GROUPS),
    st.builds("SELECT ?a (COUNT(*) AS ?n) WHERE {} GROUP BY ?a".format, GROUPS),
    st.builds("ASK {}".format, GROUPS),
    st.builds("CONSTRUCT {{ ?a :was ?b }} WHERE {}".format, GROUPS),
    st.builds("DESCRIBE :ann ?a WHERE {} LIMIT 2".format, GROUPS),
).map(lambda text: f"PREFIX : <http://example.org/> {text}")

PIECES = st.sampled_from(
    [
        "SELECT", "*", "WHERE", "{", "}", "(", ")", "[", "]", "?s", ":p", "<a>", '"', "'''", "\\",
        "\\u0053ERVICE", "FROM", "NAMED", "PREFIX", "BASE", "<http://e/>", "a:", "FILTER", "EXISTS",
        "UNION", ".", ";", ",", "|", "^", "/", "!", "<<", ">>", "<<(", "1e9", "\0", "\ud7ff", "é",
        "#", "\n", "VALUES", "UNDEF", "GROUP BY", "HAVING", "LIMIT", "ORDER BY", "BIND", "AS",
        "CONSTRUCT", "DESCRIBE", "ASK", "INSERT", "LOAD", "@en", "^^", "_:b", "$x", "%", "&&", "-",
    ]
)  # fmt: skip
SCRAPS = st.one_of(
    st.lists(PIECES, max_size=30).map(" ".join),
    st.text(max_size=60),
    st.builds(lambda text, cut: text[: cut % (len(text) + 1)], QUERIES, st.integers(0, 300)),
)
