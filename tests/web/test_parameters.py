"""The parameters of an address are read as the standard library reads them, only faster."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.web.parameters import parameters

TEXT = st.text(st.characters(codec="utf-8"))
PIECES = st.sampled_from(
    ["%", "%4", "%41", "%4G", "%x41", "\\", "\\x41", "\\N{DOT}", "+", "a", "é"]
)


@given(st.text(st.sampled_from("%\\+&=;x41Gaé\n ")) | st.lists(PIECES).map("".join))
@example("a=%5Cx41&b=\\u0041&c=\\&d=%")
def test_any_address_is_read_as_the_library_reads_it(text: str) -> None:
    query = text.encode()
    try:
        expected = tuple(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except ValueError as error:
        with pytest.raises(type(error)):
            parameters(query)
    else:
        assert parameters(query) == expected


@given(st.lists(st.tuples(TEXT, TEXT), max_size=100))
def test_what_a_client_encodes_comes_back(pairs: list[tuple[str, str]]) -> None:
    assert parameters(urlencode(pairs).encode()) == tuple(pairs)


def test_more_than_a_hundred_parameters_are_refused() -> None:
    with pytest.raises(ValueError, match="Max number of fields exceeded"):
        parameters(b"&".join([b"a=1"] * 101))
