"""Lets several processes work side by side, step by step: each has its own connection, and all wait for each tick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

from django.db import connection

from bridgework.lib.data_folder import ConfigurationError

Work = Callable[[datetime], int]  # does what is to be done up to a moment, and says how much that was


@contextmanager
def side_by_side(works: Sequence[Work]) -> Iterator[Work]:
    """Run each work in a process of its own; what is given does all up to a moment and returns when all have.

    With one work there is no process. Raises ConfigurationError when a lane breaks off; it has said why by then.
    """
    if len(works) == 1:
        yield works[0]
        return
    _leave_database()
    fork = get_context("fork")  # the plans are there already, and need not be told
    pipes: list[Connection] = []
    lanes = []
    for work in works:
        ours, theirs = fork.Pipe()
        lane = fork.Process(target=_lane, args=(work, theirs, [*pipes, ours]), daemon=True)
        lane.start()
        theirs.close()
        pipes.append(ours)
        lanes.append(lane)
    try:
        yield lambda moment: _all_up_to(moment, pipes)
    finally:
        for pipe in pipes:
            pipe.close()
        for lane in lanes:
            lane.join()


def _all_up_to(moment: datetime, pipes: Sequence[Connection]) -> int:
    try:
        for pipe in pipes:
            pipe.send(moment)
        return sum(pipe.recv() for pipe in pipes)
    except (EOFError, BrokenPipeError):
        raise ConfigurationError("The demo could not be made; the reason is above.") from None


def _lane(work: Work, pipe: Connection, others: Sequence[Connection]) -> None:
    """Work until nobody asks any more: when the one who asked has ended, its end of the pipe is closed."""
    for other in others:
        other.close()
    while True:
        try:
            moment = pipe.recv()
        except EOFError:
            break
        pipe.send(work(moment))
    _leave_database()


def _leave_database() -> None:
    """Close every connection: none may be shared with a forked process."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
