"""The lists of a working day on a million referrals of 200 organizations: as the app role, through the real server.

`page` is the list of received or sent referrals (open, all, closed, and the second page of all), `today` is Today; row-level security and
audit are on. Floor: the very statements of the same page, sent bare to the same database right after it.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape

from django.conf import settings
from django.test import Client

from bench.ground import filling, network, policy_cost, site
from bench.ground.database import Link, as_app, as_owner, run_bare
from bench.ground.network import Member
from bench.ground.site import Visitor
from bench.ground.watch import median, p95, spread, timed, together
from bridgework.lib import clock

ROWS = 1_000_000
SMALL_PART = 50  # the comparison holds one in so many of the rows
ROUNDS = 400
PROBED, PROBES = 60, 25  # offices with more than the 60th part of their side, and how often each is asked
CLIENTS, SECONDS = 16, 8.0
TODAY = "/"
LISTS = ("open", "open", "all", "closed", "second")
NEXT = re.compile(r'href="([^"]+)" rel="next"')

Figures = dict[str, float]


@dataclass(frozen=True)
class Desk:
    """A signed-in person, the list that they look at, and what their pages ask of the database."""

    cookies: str
    page: str
    statements: dict[str, list[str]]


def run(rows: int) -> tuple[Figures, Figures]:
    """Fill a small part, measure, fill the rest, measure again: what a page costs must not grow with the total.

    Rows that an earlier run left in the same folder are used as they are.
    """
    with as_owner() as link:
        members = network.found(link)
        small: Figures = {}
        if not members:
            members, small = _fill(link, rows)
        filled = filling.counted(link)
        _say(f"{filled.referrals} referrals, {filled.cases} cases, {filled.entries} entries (of the open ones)")
        desks = _desks(members)
        with site.serving(settings.ENVIRONMENT.data) as web:
            figures, floors = _one_client(web.port, desks)
            full = _full_pages(web.port, members)
            before = web.processor_ms()
            figures["pages_per_s_16_clients"], many = _many_clients(web.port, desks)
            figures["page_web_processor_ms"] = round((web.processor_ms() - before) / len(many), 2)
        figures["page_p95_ms_16_clients"] = p95(many)
        floors["pages_per_s_16_clients"] = _many_bare(desks)
        figures |= policy_cost.measure(link, members)
    figures |= {"queries": _most(desks, "page"), "today_queries": _most(desks, "today")}
    figures |= {"referrals": filled.referrals, "cases": filled.cases, "entries": filled.entries}
    if small:
        figures |= {f"small_{name}": value for name, value in small.items()} | full
        figures["page_growth"] = round(full["full_page_min_ms"] / small["full_page_min_ms"], 2)
        figures["bare_growth"] = round(full["full_bare_min_ms"] / small["full_bare_min_ms"], 2)
    return figures, floors


def _fill(link: Link, rows: int) -> tuple[tuple[Member, ...], Figures]:
    at = clock.now()
    members = network.fill(link, at=at)
    filling.prepare(link, members)
    part = max(1, rows // SMALL_PART)
    _say(f"filling {part} referrals")
    filling.fill(link, first=1, last=part, at=at)
    with site.serving(settings.ENVIRONMENT.data) as web:
        small = _full_pages(web.port, members)
    _say(f"filling {rows - part} more")
    filling.fill(link, first=part + 1, last=rows, at=at)
    return members, small | {"referrals": part}


def _desks(members: Sequence[Member]) -> list[Desk]:
    """Sign everybody in, and look once at every page in this process to learn its statements."""
    desks = []
    for number, member in enumerate(members):
        browser = site.sign_in(member.user_id)
        page = _list_of(browser, member, LISTS[number % len(LISTS)])
        statements = {"page": site.statements_of(browser, page), "today": site.statements_of(browser, TODAY)}
        desks.append(Desk(site.cookies_of(browser), page, statements))
    return desks


def _list_of(browser: Client, member: Member, state: str) -> str:
    if state != "second":
        return f"/referrals/?side={member.side}&state={state}"
    first = f"/referrals/?side={member.side}&state=all"
    more = NEXT.search(browser.get(first).content.decode())
    return unescape(more.group(1)) if more else first


def _one_client(port: int, desks: Sequence[Desk]) -> tuple[Figures, Figures]:
    """Ask for page, bare page, Today and bare Today in turns, each time at another desk."""
    visitor, chance = Visitor(port, ""), random.Random(5)
    order = [chance.choice(desks) for _ in range(ROUNDS)]
    took: dict[str, list[float]] = {name: [] for name in ("page", "bare page", "today", "bare today")}
    with as_app() as bare:
        for desk in (*order[:20], *order):  # the first twenty wake the server up
            visitor.cookies = desk.cookies
            for name, path in (("page", desk.page), ("today", TODAY)):
                took[name].append(timed(_asking(visitor, path)))
                took[f"bare {name}"].append(timed(_sending(bare, desk.statements[name])))
    took = {name: values[20:] for name, values in took.items()}
    figures = spread("page", took["page"]) | spread("today", took["today"])
    return figures, spread("page", took["bare page"]) | spread("today", took["bare today"])


def _full_pages(port: int, members: Sequence[Member]) -> Figures:
    """Ask for the whole lists of the largest offices, full pages however little there is, to compare both sizes.

    The fastest answer counts: what the machine does beside it changes between the two moments.
    """
    largest = [one for one in members if one.share > 1 / PROBED]
    took, bare_took, visitor = [], [], Visitor(port, "")
    with as_app() as bare:
        for member in largest[:PROBED]:
            browser = site.sign_in(member.user_id)
            path = _list_of(browser, member, "all")
            statements = site.statements_of(browser, path)
            visitor.cookies = site.cookies_of(browser)
            took += [timed(_asking(visitor, path)) for _ in range(PROBES)]
            bare_took += [timed(_sending(bare, statements)) for _ in range(PROBES)]
    return {
        "full_page_min_ms": round(min(took), 2),
        "full_page_median_ms": median(took),
        "full_bare_min_ms": round(min(bare_took), 2),
        "full_bare_median_ms": median(bare_took),
    }


def _many_clients(port: int, desks: Sequence[Desk]) -> tuple[float, list[float]]:
    def client(number: int) -> Callable[[], object]:
        chance, visitor = random.Random(number), Visitor(port, "")

        def ask() -> None:
            desk = chance.choice(desks)
            visitor.cookies = desk.cookies
            _asking(visitor, desk.page)()

        return ask

    return together([client(number) for number in range(CLIENTS)], seconds=SECONDS)


def _many_bare(desks: Sequence[Desk]) -> float:
    links = [as_app() for _ in range(CLIENTS)]

    def client(link: Link, number: int) -> Callable[[], object]:
        chance = random.Random(number)
        return lambda: run_bare(link, chance.choice(desks).statements["page"])

    per_s, _ = together([client(link, number) for number, link in enumerate(links)], seconds=SECONDS)
    for link in links:
        link.close()
    return per_s


def _asking(visitor: Visitor, path: str) -> Callable[[], None]:
    def ask() -> None:
        answer = visitor.get(path)
        if answer.status != 200 or b'id="main"' not in answer.body:
            raise RuntimeError(f"{path} answers {answer.status}")

    return ask


def _sending(link: Link, statements: list[str]) -> Callable[[], None]:
    return lambda: run_bare(link, statements)


def _most(desks: Sequence[Desk], name: str) -> int:
    return max(site.queries_in(desk.statements[name]) for desk in desks)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
