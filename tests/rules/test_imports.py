"""Who may import whom: the contracts of `pyproject.toml`, checked with every test run."""

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

from tests.rules.tree import ROOT, layers


def test_import_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert kept, capsys.readouterr().out


def test_every_layer_is_listed_once_with_config_on_top() -> None:
    heights = layers()
    assert heights["config"] == max(heights.values())
    assert heights["lib"] == heights["dentistry"] == 0
    assert heights["web"] == heights["ops"]
    assert heights["referrals"] > heights["patients"] > heights["network"] > heights["access"]
