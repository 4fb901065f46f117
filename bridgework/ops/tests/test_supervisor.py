"""The promises of `bridgework up`, on the real product in real processes."""

import http.client
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridgework.ops import postmaster, server_places
from bridgework.ops.embedded_postgres import EmbeddedServer
from bridgework.ops.tests import running
from bridgework.ops.tests.places import fresh_folder
from bridgework.ops.tests.running import Installation, below, child, is_alive, up, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("installation"),
    pytest.mark.skipif(not running.IS_LINUX, reason="reads /proc"),
]


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with fresh_folder() as folder:
        yield folder / "with space" / "data"
        EmbeddedServer(folder / "with space" / "data").remove()


def answers(installation: Installation) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", installation.port, timeout=10)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def server_of(data: Path) -> int | None:
    record = server_places.load(data)
    return postmaster.find(Path(record.home) / "cluster") if record else None


def test_whatever_dies_is_started_again_and_term_leaves_nothing(data: Path) -> None:
    with up(data) as installation:
        assert f"http://localhost:{installation.port}" in installation.said
        assert answers(installation)
        assert wait_until(lambda: child(installation, "worker") is not None)
        first = {child(installation, "web"), child(installation, "worker"), server_of(data)}
        assert None not in first
        for number in first:
            os.kill(number or 0, signal.SIGKILL)

        def is_whole_again() -> bool:
            now = {child(installation, "web"), child(installation, "worker"), server_of(data)}
            return None not in now and not now & first and answers(installation)

        assert wait_until(is_whole_again)
        everything = {*below(installation.process.pid), server_of(data)}
        assert installation.end() == 0
        assert [number for number in everything if number and is_alive(number)] == []


def test_second_start_on_the_same_data_is_refused_and_one_beside_it_is_not(data: Path) -> None:
    with up(data) as installation, fresh_folder() as other:
        refused = running.run("up", "--data", str(data), "--port", str(running.free_port()))
        assert refused.returncode == 1
        assert "running on this data folder already" in refused.stderr
        assert refused.stderr.count("\n") == 1
        try:
            with up(other / "data") as beside:
                assert answers(beside)
                assert answers(installation)
                assert beside.end(signal.SIGINT) == 0
        finally:
            EmbeddedServer(other / "data").remove()
        assert answers(installation)


def test_after_kill_of_the_supervisor_its_children_end_and_the_next_start_recovers(data: Path) -> None:
    with up(data) as installation:
        assert wait_until(lambda: child(installation, "worker") is not None)
        children = below(installation.process.pid)
        installation.end(signal.SIGKILL)
        assert wait_until(lambda: not any(map(is_alive, children)))
    with up(data, installation.port) as again:
        assert answers(again)
        assert again.end() == 0
    assert server_of(data) is None


def test_busy_port_is_one_sentence_and_leaves_nothing_running(data: Path) -> None:
    with socket.socket() as busy, fresh_folder() as other:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        refused = running.run("up", "--data", str(other / "data"), "--port", str(busy.getsockname()[1]))
        assert refused.returncode == 1
        assert "another with --port" in refused.stderr
        assert server_of(other / "data") is None


@pytest.mark.parametrize("command", ["web", "worker"])
def test_role_that_sees_too_much_is_refused_with_the_script_that_mends_it(data: Path, command: str) -> None:
    server = EmbeddedServer(data)
    server.start()
    record = server_places.load(data)
    assert record is not None
    refused = running.run(
        command, "--data", str(data), DATABASE_URL=record.url(server_places.SUPERUSER), BRIDGEWORK_SECRET_KEY="x"
    )
    assert refused.returncode == 1
    assert "superuser" in refused.stderr
    assert "create role bridgework_app" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_web_without_a_database_says_what_to_do(data: Path) -> None:
    EmbeddedServer(data).stop()
    refused = running.run("web", "--data", str(data))
    assert refused.returncode == 1
    assert "bin/bridgework up" in refused.stderr
