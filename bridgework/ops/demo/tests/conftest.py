"""One small demo for all tests of this folder: made once in a transaction that is rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase, override_settings

from bridgework.ops import demo
from bridgework.ops.demo import live
from bridgework.ops.demo.tests.digest import Digest, digest_of_everything

NOW = datetime.fromisoformat("2026-03-18T11:20:00-07:00")  # a Wednesday
SCALE = 0.03


def make(progress: demo.Progress = lambda what, done, of: None) -> tuple[demo.Login, ...]:
    """Build the small demo."""
    return demo.build(seed=7, now=NOW, progress=progress, scale=SCALE)


@pytest.fixture(scope="module")
def first_digest(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Digest:
    """Give what a first run made; it is gone when the second begins."""
    with _alone(django_db_blocker, tmp_path_factory.mktemp("first")):
        make()
        return digest_of_everything()


@pytest.fixture(scope="module")
def built(first_digest: Digest, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[tuple[demo.Login, ...]]:
    """Give the logins of a small demo that is there."""
    with _alone(django_db_blocker, tmp_path_factory.mktemp("second")):
        yield make()


class _alone:
    """A transaction for a whole module, on the sandbox phone, with files in a folder of its own, in one process."""

    def __init__(self, blocker: Any, folder: Path) -> None:
        self._patch = pytest.MonkeyPatch()
        self._surroundings = (
            blocker.unblock(),
            override_settings(IS_PRETEND=True, CHANNELS="bridgework.config.channels._PRETEND", FILES_FOLDER=folder),
        )

    def __enter__(self) -> None:
        self._patch.setattr(live, "LANES", 1)
        for one in self._surroundings:
            one.__enter__()
        self._atomics = TestCase._enter_atomics()  # type: ignore[attr-defined]

    def __exit__(self, *error: object) -> None:
        TestCase._rollback_atomics(self._atomics)  # type: ignore[attr-defined]
        for one in reversed(self._surroundings):
            one.__exit__(None, None, None)
        self._patch.undo()
