"""The command line: `bridgework COMMAND`. Results go to standard output, progress and refusals to standard error.

Status 0: done. 1: refused or failed, with one clear line. 2: wrong usage.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bridgework.lib.data_folder import ConfigurationError, data_folder

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its status."""
    from bridgework.ops import lifeline

    options = parser().parse_args(arguments)
    lifeline.watch()
    command: Command = options.command
    try:
        return command(options)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except refusals() as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1


def refusals() -> tuple[type[Exception], ...]:
    """List the errors whose message is for the person at the keyboard; anything else is a fault of the program.

    The database's are among them once its driver is loaded, for not every process needs it.
    """
    known: list[type[Exception]] = [ConfigurationError, OSError]
    for module, name in (
        ("psycopg", "Error"),
        ("django.db", "Error"),
        ("django.core.exceptions", "ImproperlyConfigured"),
    ):
        if module in sys.modules:
            known.append(getattr(sys.modules[module], name))
    return tuple(known)


def parser() -> argparse.ArgumentParser:
    """Describe the commands and their options."""
    whole = argparse.ArgumentParser(prog="bridgework", description="Closed-loop dental and medical referrals.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for name, (function, options) in COMMANDS.items():
        said = (function.__doc__ or "").strip()
        command = commands.add_parser(name, help=said.splitlines()[0], description=said)
        command.set_defaults(command=function)
        for flag, settings in options:
            command.add_argument(flag, **settings)  # type: ignore[arg-type]
    return whole


Option = tuple[str, dict[str, object]]
DATA: Option = ("--data", {"type": Path, "metavar": "DIR", "help": "the data folder (else BRIDGEWORK_DATA)"})
HOST: Option = ("--host", {"default": "127.0.0.1", "help": "the address to listen on (default: this machine only)"})
PORT: Option = ("--port", {"type": int, "default": 8000, "help": "the port to listen on (default 8000)"})
NO_OPEN: Option = ("--no-open", {"action": "store_true", "help": "do not open a browser"})
PROCESSES: Option = (
    "--processes",
    {"type": int, "help": "how many processes serve (default: one a core, two at most)"},
)
BENCH_NAME: Option = ("name", {"nargs": "?", "help": "which benchmark"})
LIST: Option = ("--list", {"action": "store_true", "help": "list the benchmarks"})
FILES: Option = ("files", {"nargs": "+", "type": Path, "metavar": "FILE", "help": "files, or folders of files"})
PATH: Option = ("path", {"type": Path, "metavar": "PATH", "help": "a file, or a folder of files"})
ORGANIZATION: Option = ("--organization", {"required": True, "metavar": "SLUG", "help": "whose Inbox they go to"})
DRY_RUN: Option = ("--dry-run", {"action": "store_true", "help": "say what would be taken in, and store nothing"})
CONFIRM: Option = ("--confirm", {"action": "store_true", "help": "make referrals of the items at once"})
EMAIL: Option = ("email", {"metavar": "EMAIL", "help": "the address that the person signs in with"})
ROWS: Option = ("--rows", {"type": int, "help": "how many rows to measure on"})
JSON: Option = ("--json", {"action": "store_true", "help": "print one JSON object"})


def up(options: argparse.Namespace) -> int:
    """Run the product: database, web server and worker, until Ctrl-C.

    The database is a private one in the data folder unless DATABASE_URL names another.
    """
    from bridgework.ops import supervisor

    mode = os.environ.get("BRIDGEWORK_MODE") or "production"
    plan = supervisor.Plan(_data(options), options.host, options.port, mode)
    supervisor.run(plan, lambda: print(f"Bridgework is ready at {plan.address}", flush=True))
    return 0


def demo(options: argparse.Namespace) -> int:
    """Run the product on a living demo network, made at the first start, and print the logins."""
    from bridgework.ops import demo_start

    data = _data(options) if options.data or os.environ.get("BRIDGEWORK_DATA") else demo_start.DATA
    demo_start.run(data, host=options.host, port=options.port, opens_browser=not options.no_open)
    return 0


def demo_build(options: argparse.Namespace) -> int:
    """Fill an empty database with the demo network; `demo` does this by itself."""
    from bridgework.ops import demo_start, installation

    with installation.database(_data(options)):
        installation.start_django()
        demo_start.build(_data(options))
    return 0


def web(options: argparse.Namespace) -> int:
    """Run the web server alone, on the database of DATABASE_URL or of a running installation."""
    from bridgework.ops import installation, web_server

    installation.use_running_database(_data(options))
    web_server.serve(host=options.host, port=options.port, processes=options.processes)
    return 0


def worker(options: argparse.Namespace) -> int:
    """Run a worker alone, on the database of DATABASE_URL or of a running installation."""
    from bridgework.ops import installation
    from bridgework.ops import worker as working

    installation.use_running_database(_data(options))
    installation.start_django()
    installation.check_app_role()
    working.work()
    return 0


def migrate(options: argparse.Namespace) -> int:
    """Bring the tables up to date, as their owner (DATABASE_OWNER_URL)."""
    from bridgework.ops import installation, migrating

    with installation.database(_data(options), as_owner=True):
        migrating.migrate()
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Check configuration, database, roles, tables, queue, storage and channels; one line each, with the mend."""
    from bridgework.ops import doctor as looking
    from bridgework.ops import installation

    with installation.database(_data(options)):
        installation.start_django()
        status = 0
        for finding in looking.findings():
            status = status if finding.is_well else 1
            print(
                f"{'ok  ' if finding.is_well else 'MEND'} {finding.about}: {finding.sentence} {finding.mend}".rstrip()
            )
    return status


def password_link(options: argparse.Namespace) -> int:
    """Print a link at which a person chooses a new password, for whoever cannot be sent one; it works once."""
    from bridgework.ops import installation, people

    with installation.database(_data(options)):
        installation.start_django()
        print(people.password_link(options.email))
    return 0


def read(options: argparse.Namespace) -> int:
    """Print one JSON object a line: what the product understands in each file. Nothing is stored."""
    from bridgework.ops import reading_files

    for line in reading_files.read(options.files):
        print(line, flush=True)
    return 0


def import_files(options: argparse.Namespace) -> int:
    """Bring files in for real, as Inbox items with proposed fields; the same files again change nothing.

    With --confirm, referrals go straight on to be referrals. Prints a summary, and an error for each file that has one.
    """
    from bridgework.lib import clock
    from bridgework.ops import installation, reading_files

    with installation.database(_data(options)):
        installation.start_django()
        summary = (
            reading_files.take_in(
                options.path,
                options.organization,
                confirms=options.confirm,
                now=clock.now,
            )
            if not options.dry_run
            else reading_files.rehearse(options.path, options.organization, now=clock.now)
        )
    print("\n".join(summary.lines()))
    print("\n".join(summary.errors), end="\n" if summary.errors else "", file=sys.stderr)
    return 1 if summary.errors else 0


def bench(options: argparse.Namespace) -> int:
    """Run one benchmark of bench/ on a database of its own."""
    from bridgework.ops import bench as measuring

    if options.list or not options.name:
        print("\n".join(measuring.names()))
        return 0 if options.list else 2
    found = measuring.run(options.name, options.rows, options.data)
    print(json.dumps(found) if options.json else measuring.as_text(found))
    return 0


def _data(options: argparse.Namespace) -> Path:
    return options.data.expanduser().absolute() if options.data else data_folder()


COMMANDS: dict[str, tuple[Command, tuple[Option, ...]]] = {
    "up": (up, (DATA, HOST, PORT)),
    "demo": (demo, (DATA, HOST, PORT, NO_OPEN)),
    "demo-build": (demo_build, (DATA,)),
    "web": (web, (DATA, HOST, PORT, PROCESSES)),
    "worker": (worker, (DATA,)),
    "migrate": (migrate, (DATA,)),
    "doctor": (doctor, (DATA,)),
    "password-link": (password_link, (DATA, EMAIL)),
    "read": (read, (FILES,)),
    "import": (import_files, (DATA, PATH, ORGANIZATION, DRY_RUN, CONFIRM)),
    "bench": (bench, (DATA, BENCH_NAME, LIST, ROWS, JSON)),
}


if __name__ == "__main__":
    sys.exit(main())
