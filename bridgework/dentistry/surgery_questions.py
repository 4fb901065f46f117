"""What an oral and maxillofacial surgeon asks, by procedure."""

from bridgework.dentistry.questions import Question, choice, day, number, text, yes_no

SWELLING = choice(
    "swelling",
    "Swelling",
    ("none", "None"),
    ("local", "Beside the tooth only"),
    ("face", "Face or cheek"),
    ("spreading", "Spreading to eye, throat, neck or under the jaw"),
    required=True,
    help="A spreading swelling is an emergency: call the surgeon now and send this as well.",
)
_ANAESTHESIA = choice(
    "anaesthesia",
    "Anesthesia the patient hopes for",
    ("local", "Local only"),
    ("nitrous", "Local and nitrous oxide"),
    ("sedation", "IV sedation"),
    ("surgeon", "Surgeon decides"),
)
_MOUTH_OPENING = choice(
    "opening",
    "Mouth opening",
    ("normal", "Normal"),
    ("reduced", "Reduced"),
    ("under_20", "Less than two fingers (20 mm)"),
)
SMOKING = choice(
    "smoking",
    "Tobacco",
    ("never", "Never"),
    ("former", "Stopped"),
    ("under_10", "Under 10 cigarettes a day"),
    ("10_or_more", "10 or more a day"),
    ("other", "Chews or vapes"),
)

EXTRACTION: tuple[Question, ...] = (
    choice(
        "why",
        "Why it has to come out",
        ("caries", "Caries, cannot be restored"),
        ("fracture", "Fracture"),
        ("periodontal", "Gum disease"),
        ("failed_root_canal", "Root canal failed"),
        ("orthodontic", "Orthodontic plan"),
        ("other", "Other, see the reason"),
        required=True,
    ),
    SWELLING,
    choice(
        "replacement",
        "Replacement planned",
        ("implant", "Implant"),
        ("bridge", "Bridge"),
        ("denture", "Denture"),
        ("none", "None"),
        ("undecided", "Please advise"),
    ),
    yes_no("preserve_socket", "Preserve the socket with bone?"),
    yes_no("tried_before", "Was removal tried before?", help="Roots or pieces left behind, and when."),
    _ANAESTHESIA,
)

IMPLANT: tuple[Question, ...] = (
    choice(
        "site",
        "The site today",
        ("tooth", "Tooth still there"),
        ("fresh", "Tooth gone under 3 months"),
        ("healed", "Tooth gone longer"),
        required=True,
    ),
    choice(
        "restoring",
        "Who restores it",
        ("us", "Our office"),
        ("surgeon", "Please arrange"),
        ("undecided", "Not decided"),
        required=True,
    ),
    text("system", "Implant system you restore", help="Leave empty when any will do."),
    SMOKING,
    yes_no("grinds", "Does the patient grind or clench?"),
    yes_no("graft_discussed", "Was a bone graft discussed?"),
    _ANAESTHESIA,
)

WISDOM_TEETH: tuple[Question, ...] = (
    choice(
        "why",
        "Why now",
        ("pain", "Pain"),
        ("pericoronitis", "Infection around the crown"),
        ("caries", "Caries of it or of its neighbor"),
        ("orthodontic", "Orthodontic plan"),
        ("cyst", "Cyst or other finding on the film"),
        ("prevention", "Prevention"),
        required=True,
    ),
    number("episodes", "Infections in the last year", "times", (0, 50)),
    SWELLING,
    _MOUTH_OPENING,
    choice(
        "nerve",
        "Root and nerve canal on the film",
        ("apart", "Apart"),
        ("touching", "Touching or crossing"),
        ("cannot_tell", "Cannot tell"),
    ),
    _ANAESTHESIA,
)

LESION: tuple[Question, ...] = (
    text("site", "Where exactly", required=True, help="For example: left side of the tongue, next to tooth 18."),
    choice(
        "duration",
        "How long it has been there",
        ("under_2_weeks", "Under 2 weeks"),
        ("2_to_3_weeks", "2 to 3 weeks"),
        ("over_3_weeks", "Over 3 weeks"),
        ("unknown", "Nobody knows"),
        required=True,
    ),
    day("found_on", "Found on"),
    number("size_mm", "Largest size", "mm", (0, 200), required=True),
    choice(
        "colour",
        "Color",
        ("white", "White"),
        ("red", "Red"),
        ("red_and_white", "Red and white"),
        ("dark", "Blue, brown or black"),
        ("normal", "As the tissue around it"),
        required=True,
    ),
    choice(
        "form",
        "Form",
        ("flat", "Flat"),
        ("raised", "Raised or a lump"),
        ("ulcer", "Ulcer"),
        ("bone", "In the bone, seen on a film"),
        required=True,
    ),
    choice("change", "Change", ("growing", "Growing"), ("same", "The same"), ("smaller", "Getting smaller")),
    yes_no("hard", "Hard or fixed to the tissue below?"),
    yes_no("numbness", "Numbness of lip, chin or tongue?"),
    yes_no("neck_lump", "A lump in the neck?"),
    SMOKING,
    choice("alcohol", "Alcohol", ("none", "None"), ("some", "Some"), ("daily", "Daily")),
    choice(
        "biopsy",
        "Biopsy",
        ("not_done", "Not done"),
        ("requested", "Please take one"),
        ("done", "Done, result attached"),
        required=True,
    ),
)

INFECTION: tuple[Question, ...] = (
    SWELLING,
    yes_no("fever", "Fever or feeling ill?", required=True),
    yes_no("swallowing", "Trouble swallowing, speaking or breathing?", required=True),
    _MOUTH_OPENING,
    text("antibiotic", "Antibiotic given, since when"),
)

TRAUMA: tuple[Question, ...] = (
    text("when", "When and how it happened", required=True),
    choice(
        "injury",
        "Injury",
        ("knocked_out", "Tooth knocked out"),
        ("moved", "Tooth moved or loose"),
        ("broken", "Tooth broken"),
        ("jaw", "Jaw may be broken"),
        ("soft", "Lip, gum or tongue only"),
        required=True,
    ),
    yes_no("bite_changed", "Does the bite fit as before?"),
    yes_no("unconscious", "Was the patient unconscious, or sick since?", required=True),
    text("tooth_kept_in", "A knocked-out tooth is kept in", help="Milk, saline, or put back."),
)

JAW_JOINT: tuple[Question, ...] = (
    choice(
        "complaint",
        "Main complaint",
        ("pain", "Pain"),
        ("clicking", "Clicking"),
        ("locking", "Locking"),
        ("opening", "Cannot open wide"),
        required=True,
    ),
    text("since", "Since when"),
    _MOUTH_OPENING,
    text("tried", "Tried so far", help="Splint, exercises, medication."),
)

UNERUPTED: tuple[Question, ...] = (
    text("orthodontist", "Orthodontist and plan", required=True, help="Who bonds, and when the arch wire is ready."),
    choice(
        "approach",
        "Asked for",
        ("expose_bond", "Expose and bond"),
        ("expose", "Expose only"),
        ("remove", "Remove"),
        required=True,
    ),
    yes_no("space", "Is there space in the arch?"),
    _ANAESTHESIA,
)

SURGERY: tuple[Question, ...] = (SWELLING, _ANAESTHESIA)
