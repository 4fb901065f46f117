"""The envelope of a timeline entry, and how a kind is written to and read from the database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, dataclass_transform
from uuid import UUID

import msgspec

from bridgework.lib.actor import Actor as Actor


class UnknownKind(Exception):
    """A stored entry names a kind that this version does not know, or its data does not fit the kind."""


KINDS: dict[str, type["Kind"]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Kind:
    """Something that happened. A subclass is made a frozen, keyword-only dataclass and enters `KINDS` by its name."""

    kind: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        cls.kind = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        KINDS[cls.kind] = cls
        dataclass(frozen=True, kw_only=True)(cls)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that happened, in its envelope.

    `happened_at` is when it was so (the booking was made), `recorded_at` when we learnt it; both aware.
    `organization_id` is who said so (None: nobody in particular, as with a patient's answer). Two entries with one
    `origin_system` and one non-empty `origin_id` are the same. `audience` None is shared by every party, else the
    one organization that may see it; such an entry never enters the Standing.
    """

    id: UUID
    referral_id: UUID
    happened_at: datetime
    recorded_at: datetime
    organization_id: UUID | None
    actor: Actor
    body: Kind
    origin_system: str = "bridgework"
    origin_id: str = ""
    audience: UUID | None = None


def to_data(body: Kind) -> dict[str, Any]:
    """Return the kind's fields as plain JSON values, for the `data` column; the kind's name is stored beside it."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(body))
    return data


def from_data(kind: str, data: Mapping[str, Any]) -> Kind:
    """Rebuild a kind from what `to_data` gave; fields that a later version added are taken from their defaults.

    Raises UnknownKind for a name that is not in `KINDS` and for values of a wrong type.
    """
    try:
        return msgspec.convert(data, KINDS[kind])
    except KeyError:
        raise UnknownKind(f"“{kind}” is not a kind of timeline entry.") from None
    except msgspec.ValidationError as error:
        raise UnknownKind(f"The data of a “{kind}” entry cannot be read: {error}") from error
