"""The legend of standings: how many of each, and how many of these are qualified."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.render.picture import LegendItem
from graph.render.style import kind_order, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Standing = tuple[str, tuple[str, ...]]


def standings_legend(seen: Iterable[Standing], *, area: bool = False) -> Iterator[LegendItem]:
    """An entry for each kind, and after it one for each way in which some of it are qualified.

    A qualified standing counts under its kind as well, which its label says.
    """
    times = Counter((kind, tuple(sorted(qualifiers))) for kind, qualifiers in seen)
    whole: Counter[str] = Counter()
    for (kind, _), number in times.items():
        whole[kind] += number
    for kind in sorted(whole, key=kind_order):
        yield LegendItem(kind, words(kind), count=whole[kind], area=area)
        for qualifiers in sorted(found for held, found in times if held == kind and found):
            number = times[kind, qualifiers]
            yield LegendItem(kind, _of_them(qualifiers), qualifiers, number, area)


def _of_them(qualifiers: tuple[str, ...]) -> str:
    said = " and ".join(map(words, qualifiers)).replace(" and suspension ", " and ")
    return f"of them {said}"
