"""Who did something: carried by every action, timeline entry and audit row."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person, a guest with a link (patient or other office), a job of ours, or an import."""

    kind: Literal["person", "guest", "job", "import"]
    id: str = ""
    name: str = ""
