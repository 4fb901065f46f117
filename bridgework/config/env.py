"""Reads every setting that comes from the environment, once, typed, with a clear sentence when one is wrong."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from bridgework.lib.data_folder import ConfigurationError, data_folder

Mode = Literal["production", "demo", "training", "test"]
MODES: tuple[Mode, ...] = ("production", "demo", "training", "test")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
EMAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
POOL = {"min_size": 1, "max_size": 10, "timeout": 10}


@dataclass(frozen=True)
class EmailServer:
    """The SMTP server that messages leave by. `security` is "none", "starttls" or "tls" (from the first byte)."""

    host: str
    port: int
    user: str
    password: str
    security: Literal["none", "starttls", "tls"]


@dataclass(frozen=True)
class Environment:
    """All settings of one process. Addresses are empty strings when not given."""

    data: Path
    mode: Mode
    secret_key: str
    database_url: str
    database_owner_url: str
    is_owner: bool
    hosts: tuple[str, ...]
    public_url: str
    email: EmailServer | None
    from_email: str
    proxies: int
    lease_seconds: float
    heartbeat_seconds: float


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read the environment; raise `ConfigurationError` with one sentence when a value makes no sense.

    `is_owner` is true in the few processes (migrate, backup, restore) that must connect as the owner of the tables;
    they are started with `BRIDGEWORK_ROLE=owner`.
    """
    mode = _choice(environ, "BRIDGEWORK_MODE", MODES)
    data = data_folder(environ)
    public_url = _public_url(environ)
    return Environment(
        data=data,
        mode=cast(Mode, mode),
        secret_key=environ.get("BRIDGEWORK_SECRET_KEY", "") or _secret_key(data, mode),
        database_url=environ.get("DATABASE_URL", "").strip(),
        database_owner_url=environ.get("DATABASE_OWNER_URL", "").strip(),
        is_owner=_choice(environ, "BRIDGEWORK_ROLE", ("app", "owner")) == "owner",
        hosts=_hosts(environ, public_url),
        public_url=public_url,
        email=email_server(environ.get("BRIDGEWORK_EMAIL_URL", "").strip()),
        from_email=environ.get("BRIDGEWORK_FROM_EMAIL", "").strip() or "Bridgework <bridgework@localhost>",
        proxies=int(_choice(environ, "BRIDGEWORK_PROXIES", ("0", "1", "2", "3"))),
        lease_seconds=_seconds(environ, "BRIDGEWORK_LEASE_SECONDS", 120),
        heartbeat_seconds=_seconds(environ, "BRIDGEWORK_HEARTBEAT_SECONDS", 10),
    )


def database_settings(url: str, pool: bool) -> dict[str, object]:
    """Turn a PostgreSQL address into Django's entry for `DATABASES`.

    Understands `postgresql://user:password@host:port/name?host=/folder/of/the/socket&sslmode=require`; other query
    parameters are handed to libpq as they are. With `pool`, connections are pooled inside the process. An empty
    address gives an entry that refuses to connect.
    """
    entry: dict[str, object] = {"ENGINE": "bridgework.access.backend", "CONN_MAX_AGE": 0, "NAME": ""}
    if not url:
        return entry
    parts = _split(url, "DATABASE_URL")
    if parts.scheme not in ("postgresql", "postgres"):
        raise ConfigurationError(
            "DATABASE_URL must begin with postgresql:// because Bridgework runs on PostgreSQL only."
        )
    options: dict[str, object] = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    entry["NAME"] = unquote(parts.path.removeprefix("/"))
    if not entry["NAME"]:
        raise ConfigurationError("DATABASE_URL does not name a database (postgresql://user:password@host/NAME).")
    entry["USER"] = unquote(parts.username or "")
    entry["PASSWORD"] = unquote(parts.password or "")
    entry["HOST"] = options.pop("host", None) or parts.hostname or ""
    entry["PORT"] = str(options.pop("port", None) or parts.port or "")
    entry["OPTIONS"] = options | ({"pool": dict(POOL)} if pool else {})
    # A pooled connection is tried before it is lent: after a restart of the database the next request works.
    entry["CONN_HEALTH_CHECKS"] = pool
    return entry


def email_server(url: str) -> EmailServer | None:
    """Read `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`; None when nothing is given."""
    if not url:
        return None
    parts = _split(url, "BRIDGEWORK_EMAIL_URL")
    if parts.scheme not in EMAIL_PORTS or not parts.hostname:
        raise ConfigurationError(
            "BRIDGEWORK_EMAIL_URL must look like smtps://user:password@host:465 (or smtp+starttls://, smtp://)."
        )
    if parts.scheme == "smtp" and parts.password and parts.hostname not in LOOPBACK:
        raise ConfigurationError(
            "BRIDGEWORK_EMAIL_URL would send the password unprotected: use smtp+starttls:// or smtps://."
        )
    security: dict[str, Literal["none", "starttls", "tls"]]
    security = {"smtp": "none", "smtp+starttls": "starttls", "smtps": "tls"}
    return EmailServer(
        host=parts.hostname,
        port=parts.port or EMAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security[parts.scheme],
    )


def _choice(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Read a setting with few possible words; the first is the default."""
    value = environ.get(name, "").strip() or choices[0]
    if value not in choices:
        raise ConfigurationError(f"{name} is {value!r}; it must be one of: {', '.join(choices)}.")
    return value


def _seconds(environ: Mapping[str, str], name: str, usual: float) -> float:
    """Read a duration of at least a tenth of a second and at most an hour."""
    text = environ.get(name, "").strip()
    try:
        seconds = float(text) if text else usual
    except ValueError:
        seconds = 0
    if not 0.1 <= seconds <= 3600:
        raise ConfigurationError(f"{name} is {text!r}; it must be a number of seconds from 0.1 to 3600.")
    return seconds


def _split(url: str, name: str) -> SplitResult:
    """Split an address whose port is a number; the address itself is never repeated, for it holds a password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ConfigurationError(f"{name} is not an address (scheme://user:password@host:port).") from None
    return parts


def _public_url(environ: Mapping[str, str]) -> str:
    url = environ.get("BRIDGEWORK_PUBLIC_URL", "").strip().rstrip("/") or "http://localhost:8000"
    parts = _split(url, "BRIDGEWORK_PUBLIC_URL")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(
            "BRIDGEWORK_PUBLIC_URL must be the address people type, like https://refer.example.org."
        )
    return url


def _hosts(environ: Mapping[str, str], public_url: str) -> tuple[str, ...]:
    """List the host names that requests may carry: the given ones, the public one, and this machine's own."""
    given = [host.strip() for host in environ.get("BRIDGEWORK_HOSTS", "").split(",")]
    own = [urlsplit(public_url).hostname or "", "localhost", "127.0.0.1", "[::1]"]
    return tuple(dict.fromkeys(host for host in given + own if host))


def _secret_key(data: Path, mode: str) -> str:
    """Keep one secret key in the data folder, made at the first start and readable by its owner only."""
    if mode == "test":
        return "a key for tests, which keep nothing"
    path = data / "secret-key"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        return path.read_text(encoding="ascii").strip()
    except OSError as problem:
        raise ConfigurationError(
            f"The secret key cannot be kept in {path} ({problem.strerror}): set BRIDGEWORK_SECRET_KEY or BRIDGEWORK_DATA."
        ) from None


def _write_once(path: Path, text: str) -> None:
    """Write a new 0600 file in one step; when two processes race, the first one's text stays."""
    handle, made = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(made)
