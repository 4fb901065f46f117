from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast


def test_it_lives_and_works_and_says_nothing_else(cast: Cast, client: Client) -> None:
    for address in ("/livez", "/readyz"):
        answer = client.get(address)
        assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok", "text/plain")
        assert client.cookies == {}


def test_living_asks_nobody_and_working_asks_the_database_once(cast: Cast, client: Client) -> None:
    for address, statements in (("/livez", []), ("/readyz", ["select 1"])):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert [query["sql"] for query in asked] == statements


def test_without_its_database_it_lives_but_cannot_work(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("connection to server at 10.0.0.5 failed: password of role bridgework_app")

    monkeypatch.setattr(connection, "cursor", gone)
    assert client.get("/livez").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer")
