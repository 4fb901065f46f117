import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bridgework.lib.data_folder import CHECKOUT, ConfigurationError
from bridgework.ops import postmaster, server_places
from bridgework.ops.embedded_postgres import EmbeddedServer
from bridgework.ops.tests.places import IS_ROOT, NOBODY, fresh_folder, server_in

needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root can be somebody else")


@pytest.fixture
def folder() -> Iterator[Path]:
    with fresh_folder() as made:
        yield made


@pytest.fixture(scope="module")
def running() -> Iterator[EmbeddedServer]:
    with fresh_folder() as made, server_in(made / "with space" / "it's data") as server:
        server.start()
        yield server


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def home_of(server: EmbeddedServer) -> Path:
    record = server_places.load(server.data)
    assert record is not None
    return Path(record.home)


def test_server_in_a_path_with_a_space_and_a_quote_answers_both_roles(running: EmbeddedServer) -> None:
    addresses = running.addresses()
    assert ask(addresses.app_url, "select current_user::text") == "bridgework_app"
    assert ask(addresses.owner_url, "select current_user::text") == "bridgework_owner"
    assert home_of(running) == running.data / "postgres"


def test_neither_role_is_more_than_it_must_be(running: EmbeddedServer) -> None:
    rights = "select concat(rolsuper, rolbypassrls, rolcreaterole) from pg_roles where rolname = current_user"
    for url in (running.addresses().app_url, running.addresses().owner_url):
        assert ask(url, rights) == "fff"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running.addresses().app_url, "create table mine (id int)")


def test_text_is_sorted_by_code_point_and_pages_have_checksums(running: EmbeddedServer) -> None:
    url = running.addresses().app_url
    assert ask(url, "select string_agg(word, '' order by word) from (values ('b'), ('a'), ('B')) as t (word)") == "Bab"
    assert ask(url, "show data_checksums") == "on"


def test_server_listens_on_its_socket_only_and_asks_for_the_password(running: EmbeddedServer) -> None:
    url = running.addresses().app_url
    assert ask(url, "show listen_addresses") == ""
    before, _, after = url.partition("@")
    with pytest.raises(psycopg.OperationalError, match="password"):
        ask(f"{before.rpartition(':')[0]}:wrong@{after}", "select 1")


def test_start_of_a_running_server_uses_it(running: EmbeddedServer) -> None:
    number = postmaster.find(home_of(running) / "cluster")
    assert EmbeddedServer(running.data).start() == running.addresses()
    assert postmaster.find(home_of(running) / "cluster") == number


def test_passwords_and_rows_are_closed_to_other_users(running: EmbeddedServer) -> None:
    assert stat.S_IMODE((running.data / server_places.RECORD).stat().st_mode) == 0o600
    assert stat.S_IMODE(home_of(running).stat().st_mode) == 0o700
    assert stat.S_IMODE(running.data.stat().st_mode) & 0o007 == 0


def test_server_keeps_rows_over_stop_and_kill(folder: Path) -> None:
    with server_in(folder / "data", is_durable=True) as server:
        owner = server.start().owner_url
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("create table kept (word text)")
            connection.execute("insert into kept values ('stopped')")
        server.stop()
        assert not server.is_running()
        server.stop()
        with psycopg.connect(server.start().owner_url, autocommit=True) as connection:
            connection.execute("insert into kept values ('killed')")
            number = postmaster.find(home_of(server) / "cluster")
            assert number is not None
            os.kill(number, signal.SIGKILL)
        assert ask(server.start().owner_url, "select string_agg(word, ' ' order by word) from kept") == "killed stopped"


def test_number_of_a_stranger_in_the_number_file_is_not_taken_for_the_server(folder: Path) -> None:
    with server_in(folder / "data") as server:
        server.start()
        server.stop()
        cluster = home_of(server) / "cluster"
        (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n", encoding="utf-8")
        assert not server.is_running()
        assert ask(server.start().app_url, "select 1") == 1


def test_first_start_that_was_cut_short_is_made_anew(folder: Path) -> None:
    with server_in(folder / "data") as server:
        server.start()
        server.stop()
        home = home_of(server)
        (home / "cluster").rename(home / "cluster.new")
        server_places.save(server.data, server_places.Record(home=str(home)))
        assert ask(server.start().app_url, "select 1") == 1


def test_missing_cluster_of_an_installation_is_never_replaced_by_an_empty_one(folder: Path) -> None:
    with server_in(folder / "data") as server:
        server.start()
        server.stop()
        (home_of(server) / "cluster").rename(folder / "moved")
        with pytest.raises(ConfigurationError, match="is gone"):
            server.start()


def test_long_path_and_a_second_installation_beside_it(folder: Path, running: EmbeddedServer) -> None:
    data = folder / ("long" * 30) / "data"
    with server_in(data) as server:
        url = server.start().app_url
        assert ask(url, "select 1") == 1
        record = server_places.load(data)
        assert record is not None
        socket = Path(record.socket)
        assert len(str(socket)) < 60
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        server.stop()
        assert server.start().app_url == url
        assert ask(running.addresses().app_url, "select 1") == 1
    assert not socket.exists()


def test_path_that_the_programs_cannot_bear_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot bear"):
        EmbeddedServer(folder / "$(touch me)").start()


@needs_root
def test_below_a_closed_folder_root_keeps_the_cluster_elsewhere_and_opens_nothing(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with server_in(closed / "data") as server:
        assert ask(server.start().app_url, "select 1") == 1
        home = home_of(server)
        assert home.parent == server_places.ELSEWHERE
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert home.stat().st_uid != 0
    assert not home.exists()


@needs_root
def test_deleted_data_folder_does_not_come_back_with_its_old_rows(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with server_in(closed / "data") as server:
        with psycopg.connect(server.start().owner_url, autocommit=True) as connection:
            connection.execute("create table old (id int)")
        first = home_of(server)
        (server.data / server_places.RECORD).unlink()
        assert ask(server.start().owner_url, "select to_regclass('old')") is None
    aside = first.with_name(f"{first.name}.1")
    assert (aside / "cluster").is_dir()
    server_places.remove(closed, server_places.Record(home=str(aside), socket=str(aside / "socket")))


@needs_root
def test_ordinary_user_runs_a_server_of_their_own(folder: Path) -> None:
    os.chown(folder, NOBODY, NOBODY)
    script = (
        "import sys, psycopg; from pathlib import Path; from bridgework.ops.embedded_postgres import EmbeddedServer\n"
        "server = EmbeddedServer(Path(sys.argv[1]), for_tests=True); url = server.start().app_url\n"
        "print(psycopg.connect(url).execute('select 41 + 1').fetchone()[0]); server.remove()"
    )
    identity: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    surroundings = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(CHECKOUT)}
    trial = ["/bin/sh", "-c", 'exec "$0" -c "import psycopg"', sys.executable]
    if subprocess.run(trial, env=surroundings, cwd="/", check=False, capture_output=True, **identity).returncode:
        pytest.skip("this checkout or its Python is closed to other users")
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder / "own data")],
        **identity,
        env=surroundings,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("42", 0), done.stderr
