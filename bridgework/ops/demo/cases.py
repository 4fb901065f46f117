"""What patients are referred for: reasons, findings and plans in words, with how often each happens and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from bridgework.dentistry import teeth as tooth_names
from bridgework.referrals.timeline import Request

Teeth = tuple[tuple[str, ...], ...]

_MOLARS: Teeth = (("19",), ("30",), ("14",), ("3",), ("18",), ("31",), ("2",), ("15",))
_ANY: Teeth = (*_MOLARS, ("5",), ("12",), ("8",), ("20",), ("29",), ("13",))
_WISDOM: Teeth = (("1", "16", "17", "32"), ("17", "32"), ("1", "16", "17", "32"), ("32",), ("17",), ("1", "32"))


@dataclass(frozen=True, kw_only=True)
class CaseType:
    """One kind of case. `{tooth}` in the words is the tooth or teeth; `converts` is how many want the treatment."""

    procedure: str
    weight: float
    ages: tuple[int, int]
    teeth: Teeth
    reasons: tuple[str, ...]
    findings: str
    recommendation: str
    plan: str
    done: str
    converts: float
    urgency: str = "routine"
    answers: dict[str, str] = field(default_factory=dict)
    film: str = ""


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """One patient's case: its type with the teeth and the words chosen."""

    specialty: str
    type: CaseType
    teeth: tuple[str, ...]
    reason: str
    urgency: str

    @property
    def request(self) -> Request:
        """Return what is asked for."""
        return Request(
            specialty=self.specialty, procedure=self.type.procedure, urgency=self.urgency, reason=self.reason,
            teeth=self.teeth, answers=dict(self.type.answers),
        )  # fmt: skip

    def words(self, template: str) -> str:
        """Put the teeth into a sentence."""
        return template.format(tooth=named(self.teeth))


def named(teeth: tuple[str, ...]) -> str:
    """Name teeth as a dentist writes them: "#19, the lower left first molar", "#1, #16, #17 and #32"."""
    if len(teeth) == 1:
        return f"#{teeth[0]}, the {tooth_names.name(teeth[0])}"
    numbers = [f"#{tooth}" for tooth in teeth]
    return f"{', '.join(numbers[:-1])} and {numbers[-1]}" if numbers else "the area"


def complaint(rng: Random, specialty: str) -> Complaint:
    """Draw a case of a specialty."""
    types = TYPES[specialty]
    chosen = rng.choices(types, [one.weight for one in types])[0]
    teeth = rng.choice(chosen.teeth) if chosen.teeth else ()
    urgency = "soon" if chosen.urgency == "routine" and rng.random() < 0.16 else chosen.urgency
    return Complaint(
        specialty=specialty, type=chosen, teeth=teeth, reason=rng.choice(chosen.reasons).format(tooth=named(teeth)),
        urgency=urgency,
    )  # fmt: skip


TYPES: dict[str, tuple[CaseType, ...]] = {
    "oral_surgery": (
        CaseType(
            procedure="extraction",
            weight=34,
            ages=(24, 82),
            teeth=_ANY,
            film="periapical",
            converts=0.86,
            reasons=(
                "Cannot be restored: {tooth}. Please evaluate and extract, socket preservation if possible.",
                "Vertical root fracture of {tooth}. Please extract.",
                "Failed root canal with a lesion, {tooth}. Patient asks about an implant later.",
                "Deep caries below the bone, {tooth}. Please extract.",
            ),
            answers={"why": "caries", "swelling": "none", "replacement": "undecided", "anaesthesia": "surgeon"},
            findings="{tooth}: not restorable. Bone otherwise sound, no swelling, sinus and nerve at a safe distance.",
            recommendation="Surgical extraction with socket preservation, local anesthesia or IV sedation.",
            plan="Extraction of {tooth} with socket preservation.",
            done="{tooth} extracted under local anesthesia, graft placed, sutures. No complication.",
        ),
        CaseType(
            procedure="wisdom_teeth",
            weight=27,
            ages=(15, 28),
            teeth=_WISDOM,
            film="panoramic",
            converts=0.88,
            reasons=(
                "Impacted wisdom teeth {tooth}, panoramic film attached. Please evaluate for removal.",
                "Recurring pericoronitis, {tooth}. Please evaluate and treat.",
                "Crowding and partly erupted {tooth}. The family prefers one visit before school.",
            ),
            answers={"swelling": "none", "anaesthesia": "sedation"},
            findings="{tooth}: impacted, roots complete. The nerve canal lies clear of the roots.",
            recommendation="Removal of {tooth} in one visit under IV sedation.",
            plan="Removal of {tooth} under IV sedation.",
            done="{tooth} removed under IV sedation. Bleeding controlled, escort present, instructions given.",
        ),
        CaseType(
            procedure="implant",
            weight=18,
            ages=(34, 78),
            teeth=_ANY,
            film="periapical",
            converts=0.62,
            reasons=(
                "Implant in place of {tooth}, lost two years ago. We will restore.",
                "Please evaluate for an implant at {tooth}. Crown will be made here.",
            ),
            answers={"smoking": "never"},
            findings="Ridge at {tooth} 7 mm wide, height sufficient. No graft needed. Good hygiene.",
            recommendation="Single implant at {tooth}, three months of healing, then your crown.",
            plan="One implant at {tooth} with healing abutment.",
            done="Implant placed at {tooth}, 45 Ncm, healing abutment. Ready for your crown in three months.",
        ),
        CaseType(
            procedure="pathology",
            weight=4,
            ages=(32, 80),
            teeth=(),
            film="",
            converts=0.8,
            urgency="soon",
            reasons=(
                "Small fibroma of the left cheek along the bite line, unchanged for a year. Please evaluate.",
                "Mucocele of the lower lip that comes and goes. Please evaluate.",
            ),
            findings="Smooth, soft, movable swelling of 6 mm. Nothing suspicious.",
            recommendation="Excision under local anesthesia with histology.",
            plan="Excision and histology.",
            done="Excised completely, sent to pathology as routine.",
        ),
        CaseType(
            procedure="infection",
            weight=4,
            ages=(20, 75),
            teeth=_MOLARS,
            film="periapical",
            converts=0.9,
            urgency="urgent",
            reasons=("Abscess at {tooth}, drained here once. Mouth opens well, no fever. Please extract soon.",),
            answers={"swelling": "local", "opening": "normal", "fever": "no"},
            findings="Localized abscess of {tooth}, no spread.",
            recommendation="Extraction of {tooth} and drainage.",
            plan="Extraction of {tooth} and drainage.",
            done="{tooth} extracted and drained. Swelling gone at the check after two days.",
        ),
        CaseType(
            procedure="expose",
            weight=4,
            ages=(11, 16),
            teeth=(("6",), ("11",), ("6", "11")),
            film="panoramic",
            converts=0.85,
            reasons=("Impacted {tooth}. Please expose and bond a chain, the orthodontist is ready.",),
            answers={"swelling": "none"},
            findings="{tooth}: on the palatal side, root formed, no resorption of the neighbors.",
            recommendation="Exposure and bonding under sedation.",
            plan="Exposure of {tooth} with bonded chain.",
            done="{tooth} exposed, chain bonded and handed over to the orthodontist.",
        ),
        CaseType(
            procedure="bone_graft",
            weight=5,
            ages=(40, 76),
            teeth=(("3",), ("14",), ("2",)),
            film="panoramic",
            converts=0.6,
            reasons=("Sinus lift before an implant at {tooth}. Please evaluate.",),
            answers={"smoking": "former"},
            findings="4 mm of bone under the sinus at {tooth}. Sinus clear.",
            recommendation="Lateral sinus lift, six months of healing, then the implant.",
            plan="Sinus lift at {tooth}.",
            done="Sinus lift at {tooth} without perforation.",
        ),
        CaseType(
            procedure="jaw_joint",
            weight=3,
            ages=(19, 60),
            teeth=(),
            film="panoramic",
            converts=0.3,
            reasons=(
                "Clicking and pain of the right jaw joint for half a year, splint did not help. Please evaluate.",
            ),
            findings="Disc displacement with reduction on the right. Opening 41 mm.",
            recommendation="Night splint, physical therapy, check in three months. No surgery.",
            plan="Arthrocentesis of the right joint if conservative care fails.",
            done="Arthrocentesis right, opening 46 mm afterwards.",
        ),
    ),
    "endodontics": (
        CaseType(
            procedure="root_canal",
            weight=60,
            ages=(19, 74),
            teeth=_MOLARS,
            film="periapical",
            converts=0.9,
            urgency="soon",
            reasons=(
                "Irreversible pulpitis of {tooth}. Please treat, we will place the crown.",
                "Deep caries and lingering cold pain, {tooth}. Please treat.",
            ),
            answers={"pain": "severe"},
            findings="{tooth}: irreversible pulpitis, normal apical tissue. Restorable.",
            recommendation="Root canal treatment of {tooth}, then a crown within four weeks.",
            plan="Root canal treatment of {tooth}.",
            done="Root canal treatment of {tooth} completed, four canals, core placed. Ready for your crown.",
        ),
        CaseType(
            procedure="retreatment",
            weight=25,
            ages=(30, 76),
            teeth=_ANY,
            film="periapical",
            converts=0.7,
            reasons=("Lesion at {tooth}, root canal from ten years ago. Retreat or extract?",),
            findings="{tooth}: missed canal, lesion of 5 mm. Retreatment has a good outlook.",
            recommendation="Retreatment of {tooth} in two visits.",
            plan="Retreatment of {tooth}.",
            done="{tooth} retreated, missed canal found and filled. Control film in six months.",
        ),
        CaseType(
            procedure="crack",
            weight=15,
            ages=(32, 68),
            teeth=_MOLARS,
            film="periapical",
            converts=0.6,
            reasons=("Bite pain on {tooth}, a crack is suspected. Please evaluate.",),
            findings="{tooth}: crack under the filling that ends above the floor.",
            recommendation="Root canal treatment of {tooth} and a crown that covers the cusps.",
            plan="Root canal treatment of {tooth}.",
            done="Root canal treatment of {tooth} completed under the microscope, crack not into the floor.",
        ),
    ),
    "general": (
        CaseType(
            procedure="check_up",
            weight=1,
            ages=(25, 70),
            teeth=(),
            film="",
            converts=0.7,
            reasons=("Diabetes, bleeding gums, no dentist for three years. Please examine and take into care.",),
            findings="Gingivitis in all quarters, two fillings needed, no abscess.",
            recommendation="Cleaning in two visits, two fillings, recall every four months.",
            plan="Cleaning and two fillings.",
            done="Cleaning completed, two fillings placed.",
        ),
    ),
    "medical": (
        CaseType(
            procedure="clearance",
            weight=1,
            ages=(48, 80),
            teeth=(),
            film="",
            converts=0.0,
            reasons=(
                "On apixaban, several extractions planned under sedation. Please advise about stopping and fitness.",
                "Blood pressure 172/98 twice here. Please see before surgery under sedation.",
            ),
            findings="Seen and examined. Fit for sedation, class ASA II.",
            recommendation="Continue the anticoagulant, local hemostasis. Blood pressure treated, proceed in two weeks.",
            plan="",
            done="",
        ),
    ),
}
