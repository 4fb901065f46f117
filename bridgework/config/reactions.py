"""Who answers what. The one table: a fact, and the functions that answer it, in order, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

REACTIONS: Mapping[type[object], tuple[Callable[..., None], ...]] = {}
