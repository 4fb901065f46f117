"""Referrals are sent by sixteen people at once: each posts the filled form of a draft, as the browser does, to the real server.

One send keeps the draft, checks it, writes referral, both cases, both first entries, clocks, the office's notice and the
audit in one transaction under row-level security. Floor: the INSERTs of one such send, bare, as the app role.
"""

from __future__ import annotations

import random
import re
import string
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings

from bench.ground import filling, network, site
from bench.ground.database import Link, as_app, as_owner, copy_rows, run_bare
from bench.ground.network import Member
from bench.ground.site import Visitor
from bench.ground.watch import median, p95, together
from bridgework.lib import clock
from bridgework.lib.ids import uuid7
from bridgework.patients.models import Contact, Patient
from bridgework.referrals.models import Draft

ROWS = 100_000  # referrals that are there before
CLIENTS, EACH, WARM = 16, 30, 3
UUIDS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
WRITES = ("INSERT", "BEGIN", "COMMIT", "select set_config")

Figures = dict[str, float]


def run(rows: int) -> tuple[Figures, Figures]:
    """Fill a network, give every client a pile of drafts, and let all of them send theirs."""
    at = clock.now()
    with as_owner() as link:
        members = network.fill(link, at=at)
        filling.prepare(link, members)
        filled = filling.fill(link, first=1, last=rows, at=at)
        print(f"{filled.referrals} referrals are there before", file=sys.stderr, flush=True)
        senders = [one for one in members if one.side == "sender"][:CLIENTS]
        receivers = [one for one in members if one.side == "receiver"]
        piles = [_drafts(link, one, receivers, at) for one in senders]
    with site.serving(settings.ENVIRONMENT.data) as web:
        bare = _statements(senders[0], piles[0].pop())
        clients = [_client(web.port, one, iter(pile)) for one, pile in zip(senders, piles, strict=True)]
        together(clients, calls=WARM)
        before = web.processor_ms()
        per_s, took = together(clients, calls=EACH)
        used = round((web.processor_ms() - before) / len(took), 2)
    floor_per_s, floor_took = _bare(senders[0], bare)
    figures = {"per_s_16_clients": per_s, "p95_ms_16_clients": p95(took), "median_ms_16_clients": median(took)}
    floors = {
        "per_s_16_clients": floor_per_s,
        "p95_ms_16_clients": p95(floor_took),
        "median_ms_16_clients": median(floor_took),
    }
    figures["send_web_processor_ms"] = used
    return figures | {"sent": len(took), "referrals_before": filled.referrals, "inserts": len(bare) - 2}, floors


def _drafts(link: Link, member: Member, receivers: Sequence[Member], at: datetime) -> list[Draft]:
    """Write a chart and as many filled drafts as one client will send, to offices by their share of referrals."""
    chance = random.Random(str(member.user_id))
    patient = Patient(
        organization_id=member.organization_id, given="Elena", family="Marquez", name_key="marquez elena",
        birth_date=date(1968, 3, 4), may_text=True, made_at=at,
    )  # fmt: skip
    phone = Contact(organization_id=member.organization_id, patient=patient, kind="phone", value="+15035550148")
    copy_rows(link, "patients_patient", [patient])
    copy_rows(link, "patients_contact", [phone])
    offices = chance.choices(receivers, [one.share for one in receivers], k=WARM + EACH + 1)
    drafts = [
        Draft(
            id=uuid7(at),
            organization_id=member.organization_id,
            patient=patient,
            answers=_answers(to.office_id),
            made_by="Dana Whitfield",
            made_at=at,
            saved_at=at,
        )
        for to in offices
    ]
    copy_rows(link, "referrals_draft", drafts)
    return drafts


def _answers(office_id: UUID) -> dict[str, str]:
    return {
        "specialty": "oral_surgery",
        "procedure": "extraction",
        "urgency": "soon",
        "teeth": "19",
        "teeth_typed": "19",
        "reason": "Pain lower left 6 for two weeks, cracked. Please extract.",
        "send_to": str(office_id),
    }


def _client(port: int, member: Member, drafts: Iterator[Draft]) -> Callable[[], object]:
    browser = site.sign_in(member.user_id)
    browser.get("/referrals/?side=drafts")  # gives the token against forged forms
    visitor = Visitor(port, site.cookies_of(browser))
    token = browser.cookies["csrftoken"].value

    def send() -> None:
        draft = next(drafts)
        form = {**draft.answers, "send": "1", "csrfmiddlewaretoken": token}
        answer = visitor.post(f"/referrals/drafts/{draft.id}", form)
        if answer.status != 302 or "/drafts/" in answer.location:
            raise RuntimeError(f"A draft was not sent: {answer.status} {answer.location}")

    return send


def _statements(member: Member, draft: Draft) -> list[str]:
    """Send one draft in this process, and keep what it wrote."""
    browser = site.sign_in(member.user_id)
    sent = site.statements_of(browser, f"/referrals/drafts/{draft.id}", {**draft.answers, "send": "1"})
    kept = [one for one in sent if one.startswith(WRITES) or "procrastinate_defer" in one]
    return kept[kept.index("BEGIN") :]


def _bare(member: Member, statements: Sequence[str]) -> tuple[float, list[float]]:
    """Write the same rows under new keys, as often and from as many connections, without the product."""
    with as_owner() as link:
        known = {str(row[0]) for table in ("network_organization", "network_office", "accounts_user", "patients_patient")
                 for row in link.execute(f"select replace(id::text, '-', '') from {table}").fetchall()}  # fmt: skip
    links = [as_app() for _ in range(CLIENTS)]
    found = together([lambda link=link: run_bare(link, _renewed(statements, known)) for link in links], calls=EACH)  # type: ignore[misc]
    for link in links:
        link.close()
    return found


def _renewed(statements: Sequence[str], known: set[str]) -> list[str]:
    """Give every row that the statements made another key, the same in all of them."""
    keys: dict[str, str] = {}
    word = "".join(random.choices(string.ascii_uppercase, k=9))

    def key(match: re.Match[str]) -> str:
        plain = match.group().replace("-", "")
        return match.group() if plain in known else keys.setdefault(plain, str(uuid4()))

    renewed = (re.sub(r"BW-[0-9A-Z]{6,}", f"BW-{word}", UUIDS.sub(key, one)) for one in statements)
    return [re.sub(r"work_due \d+", f"work_due {word}", one) for one in renewed]
