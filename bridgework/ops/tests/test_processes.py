"""The small parts of the supervisor, each alone."""

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bridgework.lib.data_folder import CHECKOUT, ConfigurationError
from bridgework.ops import children, cli, demo_start, lifeline, pid_file, server_places, supervisor
from bridgework.ops.children import Child
from bridgework.ops.tests import running


def test_process_ends_when_the_other_end_of_its_lifeline_does() -> None:
    line, held = lifeline.new()
    script = "from bridgework.ops import lifeline; import signal; lifeline.watch(); print(flush=True); signal.pause()"
    environ = running.surroundings(**{lifeline.VARIABLE: str(line)})
    argv = [sys.executable, "-c", script]
    with subprocess.Popen(argv, env=environ, pass_fds=[line], stdout=subprocess.PIPE, cwd="/") as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert process.poll() is None
        os.close(held)
        try:
            assert process.wait(20) == -signal.SIGTERM
        finally:
            process.kill()
            os.close(line)


def test_data_folder_is_held_by_one_and_a_stale_file_stands_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / pid_file.NAME).write_text("process 1, long gone\n", encoding="utf-8")
    assert not pid_file.is_held(tmp_path)
    with pid_file.alone(tmp_path, 77, "http://localhost:1"):
        assert pid_file.is_held(tmp_path)
        with (
            pytest.raises(ConfigurationError, match="process 77, http://localhost:1"),
            pid_file.alone(tmp_path, 78, ""),
        ):
            pass
    assert not pid_file.is_held(tmp_path)


def test_child_that_keeps_failing_is_started_ever_more_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(children, "monotonic", lambda: now)
    monkeypatch.setattr(
        children, "start", lambda arguments, environ, line: subprocess.Popen(["false"], start_new_session=True)
    )
    child = Child("The worker", ["worker"], {}, 0)
    starts = []
    for step in range(400):
        now = 1000.0 + step / 10
        before = child.starts
        child.keep_alive()
        if child.process is not None:
            child.process.wait()
        if child.starts > before:
            starts.append(now)
    pauses = [round(later - earlier, 1) for earlier, later in itertools.pairwise(starts)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 1 < 8 < pauses[-1]


def test_demo_and_real_data_never_share_a_folder(tmp_path: Path) -> None:
    real = supervisor.Plan(tmp_path / "a", "127.0.0.1", 1, "production")
    demo = supervisor.Plan(tmp_path / "a", "127.0.0.1", 1, "demo")
    real.data.mkdir()
    supervisor._check_kind(real)
    supervisor._check_kind(real)
    with pytest.raises(ConfigurationError, match="real data"):
        supervisor._check_kind(demo)


def test_data_made_before_any_start_count_as_real(tmp_path: Path) -> None:
    server_places.save(tmp_path, server_places.Record(home=str(tmp_path / "postgres")))
    with pytest.raises(ConfigurationError, match="real data"):
        supervisor._check_kind(supervisor.Plan(tmp_path, "127.0.0.1", 1, "demo"))


def test_logins_are_a_table_whose_columns_line_up() -> None:
    logins = [
        {"office": "Elm Dental", "signs_in_as": "a@b.org"},
        {"office": "Oral Surgery West", "signs_in_as": "c@d.org"},
    ]
    assert demo_start.as_table(logins).splitlines() == [
        "office             signs in as",
        "Elm Dental         a@b.org",
        "Oral Surgery West  c@d.org",
    ]


def test_wrong_usage_is_status_two_and_help_is_there_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        cli.main(["fly"])
    assert wrong.value.code == 2
    for command in cli.COMMANDS:
        with pytest.raises(SystemExit) as helped:
            cli.main([command, "--help"])
        assert helped.value.code == 0
        assert command in capsys.readouterr().out


def test_our_commands_run_from_any_folder_and_load_nothing_from_there(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken from the wrong place')", encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(children.command("--help"), cwd=tmp_path, env=environ, capture_output=True, check=False)
    assert done.returncode == 0
