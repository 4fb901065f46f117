"""Published test material that is not ours to ship: standards, their examples, measure cases.

`BRIDGEWORK_PUBLIC_DATA` names the folder; without it, `shared/data` beside the repository is tried.
"""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


def public_data(*parts: str) -> Path:
    """Find a file or folder of the published material, or skip the test saying which one is missing."""
    place = Path(os.environ.get("BRIDGEWORK_PUBLIC_DATA") or BESIDE).joinpath(*parts)
    if not place.exists():
        pytest.skip(f"Published material is not here: {place}. Set BRIDGEWORK_PUBLIC_DATA to the folder that has it.")
    return place
