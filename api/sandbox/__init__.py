"""Strangers' queries: what is refused before the engine sees it."""
