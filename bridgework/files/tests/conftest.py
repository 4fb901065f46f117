from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Give each test its own folder of files."""
    settings.FILES_FOLDER = tmp_path / "files"
    return tmp_path / "files"
