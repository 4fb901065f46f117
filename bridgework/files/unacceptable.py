"""Why a file is not kept."""

from __future__ import annotations

from bridgework.lib.plain_text import Unfit


class Unacceptable(Unfit):
    """The file cannot be kept; `sentence` says why to the person who gave it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "file")
