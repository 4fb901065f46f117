"""Fills a network with referrals by set-based SQL as the owner of the tables: two cases each, entries of the open ones.

The columns come from courses that the product's own rules folded (`lives`); SQL shifts their times, and picks sender,
receiver and patient by a generator with a fixed seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models as orm

from bench.ground import lives
from bench.ground.database import Link, copy_rows, without_indexes
from bench.ground.network import Member
from bridgework.referrals.models import Case, Entry

SLOTS = 10_000
GIVEN = """Maria Elena Ana Luis Juan Carlos James Robert Michael David Linda Barbara Susan Karen Jessica Sarah Emma Olivia
Noah Liam Mia Sofia Mateo Diego Camila Wei Mei Hiro Priya Amir Fatima Yusuf Grace Henry Jack Owen Ella Nora Hazel Iris""".split()
FAMILY = """Marquez Smith Johnson Garcia Rodriguez Wilson Brown Cruz Hernandez Lopez Gonzalez Anderson Taylor Moore Lee Nguyen
Kim Patel Shah Obama Ferrari Ali Rossi Winter Okafor Haddad Silva Costa Novak Larsen Murphy Quinn Reyes Torres Ortiz Diaz""".split()
TABLES = ("referrals_referral", "referrals_case", "referrals_entry")
UUID7 = (
    "(lpad(to_hex((extract(epoch from {at}) * 1000)::bigint), 12, '0') || '7' || substr(md5({text}), 1, 3)"
    " || 'a' || substr(md5({text}), 5, 15))::uuid"
)


@dataclass(frozen=True)
class Filled:
    """How many rows there are now."""

    referrals: int
    cases: int
    entries: int


def prepare(link: Link, members: Sequence[Member]) -> None:
    """Make the tables to pick from, which last as long as the connection: courses, senders, receivers."""
    senders, receivers = ([one for one in members if one.side == side] for side in ("sender", "receiver"))
    pair = lives.Pair(senders[0].organization_id, receivers[0].organization_id, receivers[0].office_id)
    laid = [lives.lay(life, pair) for life in lives.LIVES]
    link.execute("create temp table bench_case (like referrals_case)")
    link.execute("create temp table bench_entry (like referrals_entry)")
    copy_rows(link, "bench_case", [case for one in laid for case in one.cases])
    copy_rows(link, "bench_entry", [entry for one in laid for entry in one.entries])
    link.execute("create temp table bench_life (slot int primary key, course uuid, oldest float, newest float)")
    slots = [one for one in laid for _ in range(one.life.share)]
    with link.cursor() as cursor, cursor.copy("copy bench_life from stdin") as sink:
        for slot, one in enumerate(slots):
            sink.write_row((slot, one.cases[0].referral_id, one.life.days[1], one.life.days[0]))
    for table, side in (("bench_sender", senders), ("bench_receiver", receivers)):
        link.execute(f"create temp table {table} (slot int primary key, id uuid, name text, office uuid)")
        with link.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as sink:
            for slot, member in enumerate(_by_share(side)):
                sink.write_row((slot, member.organization_id, member.name, member.office_id))
    link.execute("analyze bench_life, bench_sender, bench_receiver, bench_case, bench_entry")


def fill(link: Link, *, first: int, last: int, at: datetime) -> Filled:
    """Write the referrals with the numbers `first` to `last`; `prepare` came before on the same connection."""
    with without_indexes(link, *TABLES):
        _pick(link, first, last, at)
        _insert_referrals(link)
        _insert_cases(link)
        _insert_entries(link)
        link.execute("drop table bench_pick")
    link.execute(f"vacuum analyze {', '.join(TABLES)}")
    link.execute("vacuum analyze worklist_task, intake_inboxitem, network_organization, network_office, accounts_user")
    return counted(link)


def counted(link: Link) -> Filled:
    """Count what is there."""
    counts = [link.execute(f"select count(*) from {table}").fetchone() for table in TABLES]
    return Filled(*(int(str(row[0])) for row in counts if row))


def _by_share(side: Iterable[Member]) -> list[Member]:
    """Give every slot its organization, so many slots as its share says."""
    members = list(side)
    picked = [one for one in members for _ in range(round(one.share * SLOTS))]
    return (picked + members[:1] * SLOTS)[:SLOTS]


def _pick(link: Link, first: int, last: int, at: datetime) -> None:
    link.execute(f"select setseed({(first % 997) / 1000})")
    link.execute(
        "create temp table bench_dice as select n, floor(random() * %s)::int as life, floor(random() * %s)::int as sender,"
        " floor(random() * %s)::int as receiver, floor(random() * %s)::int as given, floor(random() * %s)::int as family,"
        " random() as age, date '1940-01-01' + floor(random() * 27000)::int as born"
        " from generate_series(%s::int, %s::int) n",
        [lives.SHARES, SLOTS, SLOTS, len(GIVEN), len(FAMILY), first, last],
    )
    link.execute("analyze bench_dice")
    referral_id = UUID7.format(at="sent_at", text="n || 'referral'")
    link.execute(
        f"create temp table bench_pick as select *, {referral_id} as id, sent_at - %s as shift from (select n,"
        " 'BW-' || lpad(to_hex(n), 6, '0') as number, life.course, born, (%s::text[])[given + 1] as given,"
        " (%s::text[])[family + 1] as family, s.id as sender, s.name as sender_name, r.id as receiver,"
        " r.name as receiver_name, r.office as office,"
        " %s - make_interval(secs => (life.newest + (life.oldest - life.newest) * age) * 86400) as sent_at"
        " from bench_dice join bench_life life on life.slot = bench_dice.life"
        " join bench_sender s on s.slot = sender join bench_receiver r on r.slot = receiver) as picked order by sent_at",
        [lives.SENT, GIVEN, FAMILY, at],
    )
    link.execute("drop table bench_dice")
    link.execute("analyze bench_pick")


def _insert_referrals(link: Link) -> None:
    link.execute(
        "insert into referrals_referral (id, number, patient_given, patient_family, patient_birth_date, patient_sex,"
        " patient_phone, patient_email, snapshot, made_at)"
        " select id, number, given, family, born, 'female', '+15035550148', '', %s::jsonb, sent_at from bench_pick",
        [json.dumps(lives.snapshot())],
    )


def _insert_cases(link: Link) -> None:
    is_sender = "c.side = 'sender'"
    taken = {
        "id": UUID7.format(at="p.sent_at", text="p.n || c.side"),
        "organization_id": f"case when {is_sender} then p.sender else p.receiver end",
        "referral_id": "p.id",
        "number": "p.number",
        "patient_name": "p.given || ' ' || p.family",
        "patient_name_key": "lower(p.family || ' ' || p.given)",
        "patient_birth_date": "p.born",
        "other_organization_id": f"case when {is_sender} then p.receiver else p.sender end",
        "other_name": f"case when {is_sender} then p.receiver_name else p.sender_name end",
        "office_id": "p.office",
    }
    _insert(link, Case, taken, "c", "bench_case c join bench_pick p on p.course = c.referral_id order by p.sent_at")


def _insert_entries(link: Link) -> None:
    """Write the timelines of what is still open."""
    taken = {
        "id": UUID7.format(at="(e.recorded_at + p.shift)", text="p.n || e.id::text"),
        "referral_id": "p.id",
        "organization_id": "case when e.organization_id = c.organization_id then p.sender else p.receiver end",
        "data": "e.data || case when e.kind = 'sent' then jsonb_build_object('to_organization', p.receiver,"
        " 'to_name', p.receiver_name, 'to_office', p.office, 'from_organization', p.sender, 'from_name', p.sender_name)"
        " when e.data ? 'starts_at' then"
        " jsonb_build_object('starts_at', (e.data->>'starts_at')::timestamptz + p.shift) else '{}'::jsonb end",
    }
    source = (
        "bench_entry e join bench_case c on c.referral_id = e.referral_id and c.side = 'sender' and c.closed_at is null"
        " join bench_pick p on p.course = e.referral_id order by p.sent_at"
    )
    _insert(link, Entry, taken, "e", source)


def _insert(link: Link, model: type[orm.Model], taken: dict[str, str], laid: str, source: str) -> None:
    """Copy laid rows for every referral that takes their course; times are shifted, `taken` says what else differs."""
    values = {}
    for field in model._meta.concrete_fields:
        plain = f"{laid}.{field.column}"
        shifted = f"{plain} + p.shift" if isinstance(field, orm.DateTimeField) else plain
        values[str(field.column)] = taken.get(str(field.column), shifted)
    link.execute(
        f"insert into {model._meta.db_table} ({', '.join(values)}) select {', '.join(values.values())} from {source}"
    )
