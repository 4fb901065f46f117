import stat
from pathlib import Path

import pytest

from bridgework.config import env
from bridgework.lib.data_folder import ConfigurationError, data_folder

TEST = {"BRIDGEWORK_MODE": "test"}


def test_nothing_set_is_a_production_that_listens_for_this_machine_only(tmp_path: Path) -> None:
    found = env.read({"BRIDGEWORK_DATA": str(tmp_path / "new folder")})
    assert (found.mode, found.is_owner, found.email) == ("production", False, None)
    assert found.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert found.data == tmp_path / "new folder"


def test_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    first = env.read({"BRIDGEWORK_DATA": str(tmp_path)}).secret_key
    assert len(first) > 60
    assert env.read({"BRIDGEWORK_DATA": str(tmp_path)}).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_given_secret_key_wins_and_tests_write_nothing(tmp_path: Path) -> None:
    assert env.read({"BRIDGEWORK_DATA": str(tmp_path), "BRIDGEWORK_SECRET_KEY": "given"}).secret_key == "given"
    env.read({"BRIDGEWORK_DATA": str(tmp_path), **TEST})
    assert list(tmp_path.iterdir()) == []


def test_data_folder_is_absolute_whatever_was_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_folder({"BRIDGEWORK_DATA": "some data"}) == tmp_path / "some data"
    assert data_folder({}).name == ".bridgework"


def test_address_over_a_unix_socket_in_a_folder_with_a_space() -> None:
    entry = env.database_settings("postgresql://app:p%40ss@/bridgework?host=/with%20space/socket", pool=True)
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("bridgework", "app", "p@ss")
    assert (entry["HOST"], entry["PORT"]) == ("/with space/socket", "")
    assert entry["CONN_MAX_AGE"] == 0
    assert entry["OPTIONS"] == {"pool": env.POOL}


def test_address_of_a_server_elsewhere_keeps_its_options() -> None:
    entry = env.database_settings("postgres://app:x@db.example.org:5433/name?sslmode=verify-full", pool=False)
    assert (entry["HOST"], entry["PORT"], entry["OPTIONS"]) == ("db.example.org", "5433", {"sslmode": "verify-full"})


@pytest.mark.parametrize(
    "setting",
    [
        {"BRIDGEWORK_MODE": "play"},
        {"BRIDGEWORK_ROLE": "root"},
        {"BRIDGEWORK_PUBLIC_URL": "refer.example.org"},
        {"BRIDGEWORK_EMAIL_URL": "mail.example.org"},
        {"BRIDGEWORK_EMAIL_URL": "smtp://user:secret@mail.example.org"},
        {"BRIDGEWORK_EMAIL_URL": "smtp://localhost:many"},
    ],
    ids=str,
)
def test_wrong_setting_is_one_sentence_that_names_it_and_tells_no_secret(setting: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError) as refused:
        env.read({**TEST, **setting})
    said = str(refused.value)
    assert next(iter(setting)) in said
    assert "secret" not in said
    assert "\n" not in said


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://user:pw@host", "postgresql://user:pw@host:x/y"])
def test_wrong_database_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL") as refused:
        env.database_settings(url, pool=False)
    assert "pw" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://localhost", 25, "none"),
        ("smtp://u:p@127.0.0.1:1025", 1025, "none"),
        ("smtp+starttls://u:p@mail.example.org", 587, "starttls"),
        ("smtps://u:p@mail.example.org", 465, "tls"),
    ],
)
def test_email_servers_by_their_scheme(url: str, port: int, security: str) -> None:
    server = env.email_server(url)
    assert server is not None
    assert (server.port, server.security) == (port, security)


def test_public_address_is_a_host_that_requests_may_carry() -> None:
    found = env.read(
        {**TEST, "BRIDGEWORK_PUBLIC_URL": "https://refer.example.org/", "BRIDGEWORK_HOSTS": "a.org, b.org"}
    )
    assert found.public_url == "https://refer.example.org"
    assert found.hosts[:3] == ("a.org", "b.org", "refer.example.org")
