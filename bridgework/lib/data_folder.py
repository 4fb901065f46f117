"""Where an installation keeps everything that is its own: database, files, keys."""

import os
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class ConfigurationError(Exception):
    """A setting is wrong or missing; the message is one sentence for the person who set it."""


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Say where the data folder is: `BRIDGEWORK_DATA`, else `.bridgework` in the checkout.

    The path is absolute; the folder need not exist yet.
    """
    given = environ.get("BRIDGEWORK_DATA", "").strip()
    path = Path(given).expanduser() if given else CHECKOUT / ".bridgework"
    return path.absolute()
