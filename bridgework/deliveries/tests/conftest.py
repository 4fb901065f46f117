from __future__ import annotations

from collections.abc import Iterator

import pytest

from bridgework.deliveries.tests import pretend


@pytest.fixture(autouse=True)
def _wired(settings) -> Iterator[None]:
    with pretend.wired(settings):
        yield
