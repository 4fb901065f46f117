"""The cast of the demo network: who they are, where, who works there, and how often each refers to Harbor."""

from __future__ import annotations

from dataclasses import dataclass

from bridgework.accounts.models import Role


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Somebody who signs in."""

    name: str
    role: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Practice:
    """A practice on Bridgework. `doctors` are named without "Dr."; `phone` are its last two digits at 503 555-01xx."""

    key: str
    name: str
    kind: str
    specialty: str
    street: str
    town: str
    phone: int
    doctors: tuple[str, ...]
    staff: tuple[Staff, ...]


@dataclass(frozen=True)
class Referrer:
    """An office that is not on Bridgework and refers to Harbor, which typed it in.

    `rate` is referrals a month, `course` how that went over the two years: a key of `volumes.COURSES`.
    """

    name: str
    doctor: str
    town: str
    rate: float
    reached_by: str = "fax"
    course: str = "steady"


def _staff(domain: str, *people: tuple[str, str]) -> tuple[Staff, ...]:
    """Give each an address made of the first name."""
    return tuple(
        Staff(name=name, role=role, email=f"{name.removeprefix('Dr. ').split()[0].lower()}@{domain}.example")
        for name, role in people
    )


HARBOR = Practice(
    key="harbor", name="Harbor Oral Surgery", kind="specialist", specialty="oral_surgery", street="210 Harbor Way",
    town="Portland", phone=20, doctors=("Amara Okafor", "Benjamin Lindgren"),
    staff=_staff(
        "harbor", ("Dana Whitfield", Role.COORDINATOR), ("Marcus Webb", Role.FRONT_DESK),
        ("Dr. Amara Okafor", Role.CLINICIAN), ("Dr. Benjamin Lindgren", Role.CLINICIAN),
        ("Ruth Castellan", Role.ADMINISTRATOR),
    ),
)  # fmt: skip
MAPLE = Practice(
    key="maple", name="Maple Street Family Dental", kind="general", specialty="", street="48 Maple Street",
    town="Portland", phone=30, doctors=("Hannah Cole", "Victor Amsel"),
    staff=_staff(
        "maplestreet", ("Jess Rowan", Role.COORDINATOR), ("Dr. Hannah Cole", Role.CLINICIAN),
        ("Theo Barlow", Role.ADMINISTRATOR),
    ),
)  # fmt: skip
CEDAR = Practice(
    key="cedar", name="Cedar Park Dental", kind="general", specialty="", street="905 Cedar Park Road",
    town="Beaverton", phone=40, doctors=("Samuel Ito",),
    staff=_staff("cedarpark", ("Nadia Flores", Role.COORDINATOR), ("Dr. Samuel Ito", Role.EVERYONE)),
)  # fmt: skip
LAKEVIEW = Practice(
    key="lakeview", name="Lakeview Family Dentistry", kind="general", specialty="", street="17 Lakeview Terrace",
    town="Lake Oswego", phone=50, doctors=("Sofia Martinez",),
    staff=_staff("lakeview", ("Gwen Pike", Role.COORDINATOR), ("Dr. Sofia Martinez", Role.EVERYONE)),
)  # fmt: skip
ROSE_CITY = Practice(
    key="rose", name="Rose City Endodontics", kind="specialist", specialty="endodontics", street="330 Rose City Lane",
    town="Portland", phone=60, doctors=("Leila Haddad",),
    staff=_staff("rosecity", ("Omar Reyes", Role.COORDINATOR), ("Dr. Leila Haddad", Role.EVERYONE)),
)  # fmt: skip
RIVERBEND = Practice(
    key="riverbend", name="Riverbend Health Center", kind="health_center", specialty="medical",
    street="1200 Riverbend Drive", town="Gresham", phone=70, doctors=("Luis Navarro", "Grace Tan"),
    staff=_staff(
        "riverbend", ("Luz Ortega", Role.COORDINATOR), ("Dr. Luis Navarro", Role.CLINICIAN),
        ("Priscilla Boone", Role.ADMINISTRATOR),
    ),
)  # fmt: skip
PRACTICES = (HARBOR, MAPLE, CEDAR, LAKEVIEW, ROSE_CITY, RIVERBEND)

# Referrals a month from member to member: sender, receiver, rate, course.
AMONG_MEMBERS: tuple[tuple[Practice, Practice, float, str], ...] = (
    (MAPLE, HARBOR, 4.0, "growing"),
    (CEDAR, HARBOR, 2.8, "steady"),
    (LAKEVIEW, HARBOR, 4.8, "drift"),
    (MAPLE, ROSE_CITY, 1.2, "steady"),
    (CEDAR, ROSE_CITY, 0.9, "steady"),
    (LAKEVIEW, ROSE_CITY, 0.6, "steady"),
    (RIVERBEND, ROSE_CITY, 0.6, "steady"),
    (RIVERBEND, MAPLE, 0.6, "steady"),
    (HARBOR, RIVERBEND, 0.6, "steady"),
)

REFERRERS: tuple[Referrer, ...] = (
    Referrer("Willamette Dental Arts", "Philip Renner", "Portland", 2.9, "email"),
    Referrer("Sellwood Smiles", "Karen Voss", "Portland", 2.4),
    Referrer("Hawthorne Dental Group", "Neil Ashford", "Portland", 2.2, "email", "stop"),
    Referrer("Tigard Family Dental", "Maya Lindqvist", "Tigard", 1.7),
    Referrer("Bridgeport Dental Care", "Oliver Kessler", "Tualatin", 1.4, "email", "growing"),
    Referrer("Alberta Park Dentistry", "Renata Silva", "Portland", 1.0),
    Referrer("Gresham Gentle Dental", "Howard Beale", "Gresham", 0.9),
    Referrer("West Hills Dental", "Celia Moreau", "Portland", 0.9, "email"),
    Referrer("Orenco Station Dental", "Anand Mehta", "Hillsboro", 0.9),
    Referrer("Happy Valley Dental", "Judith Crane", "Happy Valley", 0.8),
    Referrer("Riverside Dental", "Paul Engstrom", "Milwaukie", 0.8, "email"),
    Referrer("Mount Tabor Dental", "Ingrid Solberg", "Portland", 0.8),
    Referrer("Murray Hill Dentistry", "Kenji Mori", "Beaverton", 0.8, "email", "won_back"),
    Referrer("Clackamas Dental Center", "Stella Brandt", "Happy Valley", 0.8),
    Referrer("Multnomah Village Dental", "Ronald Pryce", "Portland", 0.8),
    Referrer("St. Johns Family Dentistry", "Mei Zhang", "Portland", 0.7, "email"),
    Referrer("Cedar Mill Dental", "Douglas Hart", "Portland", 0.7),
    Referrer("Laurelhurst Dental Studio", "Amelia Frost", "Portland", 0.7, "email"),
    Referrer("Sherwood Dental House", "Grant Tolliver", "Sherwood", 0.7),
    Referrer("Wilsonville Dental", "Helen Park", "Wilsonville", 0.7, "phone"),
    Referrer("Canby Family Dental", "Russell Boyd", "Canby", 0.7),
    Referrer("Oregon City Smiles", "Yvonne Duarte", "Oregon City", 0.7),
    Referrer("Kenton Dental", "Isaac Feld", "Portland", 0.7, "email"),
    Referrer("Raleigh Hills Dental", "Carla Jensen", "Portland", 0.7),
    Referrer("Troutdale Dental Care", "Martin Osei", "Troutdale", 0.6, "letter"),
    Referrer("Lents Community Dental", "Fatima Rahal", "Portland", 0.6, "email"),
    Referrer("Bethany Dental Group", "Scott Harmon", "Portland", 0.6),
    Referrer("Progress Ridge Dentistry", "Alicia Romero", "Beaverton", 0.6, "email", "new"),
    Referrer("Forest Grove Dental", "Wendell Knox", "Forest Grove", 0.6),
    Referrer("Newberg Dental Arts", "Tamara Ruiz", "Newberg", 0.6, "fax", "lapsed"),
    Referrer("West Linn Dentistry", "Eric Sandoval", "West Linn", 0.6),
    Referrer("Woodstock Dental", "Lorraine Bell", "Portland", 0.5, "email"),
    Referrer("Gladstone Dental Office", "Victor Pell", "Milwaukie", 0.5),
    Referrer("Aloha Dental Center", "Nina Petrov", "Beaverton", 0.5),
    Referrer("Parkrose Dental", "Julius Grant", "Portland", 0.5),
    Referrer("Sandy Ridge Dental", "Cora Whitman", "Sandy", 0.5, "phone"),
    Referrer("Scappoose Family Dental", "Edwin Marsh", "St. Helens", 0.4),
    Referrer("St. Helens Dental", "Bianca Torres", "St. Helens", 0.4),
    Referrer("Woodburn Dental Clinic", "Hector Salas", "Woodburn", 0.4, "email"),
    Referrer("Hillsdale Dental", "Rachel Stein", "Portland", 0.4, "email"),
    Referrer("Irvington Dental", "Thomas Quade", "Portland", 0.3, "fax", "new"),
    Referrer("Goose Hollow Dental", "Priscilla Wren", "Portland", 0.3),
    Referrer("Boring Family Dentistry", "Arthur Penn", "Sandy", 0.2, "letter"),
    Referrer("Estacada Dental", "Sonia Blake", "Sandy", 0.2),
)
