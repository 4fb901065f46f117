"""A decision made on a page counts only while the page is true."""

from dataclasses import replace

import pytest

from bridgework.referrals.lifecycle import LABELS, Standing, overtaken
from bridgework.referrals.lifecycle.table import DECISIONS

NOW = replace(Standing(), status="accepted")


@pytest.mark.parametrize("action", sorted(DECISIONS))
def test_what_somebody_else_decided_meanwhile_comes_first(action: str) -> None:
    assert overtaken(action, "received", NOW) == (
        "It has been accepted while this page was open. Look again before you decide."
    )
    assert overtaken(action, "accepted", NOW) is None


def test_delivery_is_no_decision() -> None:
    assert overtaken("decline", "sent", replace(NOW, status="received")) is None


def test_who_saw_no_page_is_not_overtaken() -> None:
    assert overtaken("decline", "", NOW) is None


def test_what_is_reported_is_never_overtaken() -> None:
    for action in set(LABELS) - DECISIONS:
        assert overtaken(action, "received", NOW) is None
