"""A store of Oxigraph in a folder, written as N-Quads: `python -m api.sandbox.quads`.

Opening it starts threads, so this is a process of its own: a zygote must have none when it forks.
"""

from __future__ import annotations

import sys

from pyoxigraph import RdfFormat, Store


def main(folder: str) -> None:
    """Write all statements of the folder to the standard output; nothing is written into it."""
    try:
        Store.read_only(folder).dump(sys.stdout.buffer, RdfFormat.N_QUADS)
    except (OSError, RuntimeError) as error:
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    main(*sys.argv[1:])
