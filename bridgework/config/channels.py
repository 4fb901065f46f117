"""By which ways messages leave, and what is asked before one does."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from bridgework.channels.email.transport import Email
from bridgework.channels.sandbox.transport import Sandbox
from bridgework.correspondence import guard as correspondence
from bridgework.deliveries.transport import Guard, Transport
from bridgework.outreach import guard as outreach

_PRODUCTION: Mapping[str, Transport] = {"email": Email()}
_TEST: Mapping[str, Transport] = {"email": Email(), "sandbox": Sandbox()}
# Nothing reaches a real person, whatever channel it was meant for.
_PRETEND: Mapping[str, Transport] = {"email": Sandbox(), "sandbox": Sandbox()}

CHANNELS: Mapping[str, Transport] = (
    _PRETEND if settings.IS_PRETEND else _TEST if settings.MODE == "test" else _PRODUCTION
)

# The purpose of a delivery -> who is asked. A sentence withholds it.
GUARDS: Mapping[str, Guard] = {
    "office_notice": correspondence.office_notice,
    "patient_notice": outreach.patient_notice,
}
