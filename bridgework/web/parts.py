"""The parts page: every part in every state, with fixed samples. Mounted in demo and training mode only."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from bridgework.web.components.shapes import (
    Action,
    Check,
    Chip,
    Day,
    Document,
    Entry,
    Fact,
    Film,
    Filter,
    Group,
    Link,
    Notice,
    Packet,
    Pages,
    RailCard,
    RailItem,
    ReadyToSend,
    Row,
    Safety,
    Standing,
    Station,
    Timeline,
    ToothChart,
    ToothGuard,
    Track,
    TrackStep,
    Undo,
)
from bridgework.web.doors import member_page

SWATCHES = [
    "canvas",
    "surface",
    "sunken",
    "line",
    "line-strong",
    "text",
    "text-2",
    "text-3",
    "brand",
    "brand-soft",
    "red",
    "red-soft",
    "amber",
    "amber-soft",
    "green",
    "green-soft",
    "blue",
    "blue-soft",
    "violet",
    "violet-soft",
    "stone",
    "stone-soft",
    "focus",
    "chart-gap",
]

CHIPS = (
    Chip("red", "alert-triangle", "Overdue 2 days"),
    Chip("amber", "clock", "Due today 5 PM"),
    Chip("green", "circle-check", "Confirmed"),
    Chip("blue", "hourglass", "Waiting on Maple Street"),
    Chip("violet", "sparkles", "New"),
    Chip("stone", "player-pause", "Paused to Dec 1"),
    Chip("plain", "language", "Spanish"),
)

ROWS = (
    Row(
        patient="Harold Jennings",
        detail="71 · Lakeview Family",
        url="#rows",
        sentence_bold="Tongue ulcer for five weeks.",
        sentence="No surgeon has signed off yet.",
        chip=Chip("red", "flag-3", "Waiting 52 min"),
        action=Action("Page Dr. Okafor", "#rows", "post"),
        is_red_flag=True,
    ),
    Row(
        patient="Priya Raman",
        detail="29 · #17, #32",
        url="#rows",
        sentence="From Maple Street: two impacted wisdom teeth, film attached.",
        chip=Chip("amber", "clock", "1 h 28 min left"),
        action=Action("Accept", "#rows", "post"),
    ),
    Row(
        patient="Elena Marquez",
        detail="58 · #19",
        url="#rows",
        sentence="Seen Tuesday. Maple Street is waiting for Dr. Okafor’s report.",
        chip=Chip("stone", "clock", "Due Friday"),
        action=Action("Write report", "#rows"),
    ),
    Row(
        patient="Ana Silva",
        detail="44 · #8",
        url="#rows",
        sentence="Closed. Report read on Nov 6.",
        chip=Chip("green", "circle-check", "Closed"),
    ),
)

STANDING = Standing(
    bold="You hold the ball.",
    sentence="Elena was seen on Tuesday, and Maple Street is waiting for Dr. Okafor’s report. It is due today at 5 PM.",
    stations=(
        Station("Maple Street Family Dental", "Dr. Cole waits for the report"),
        Station("Elena Marquez", "Next: surgery, Dec 4"),
        Station("Harbor Oral Surgery", "You owe it since Tue 11:20 AM", is_holder=True),
    ),
    primary=Action("Write the report", "#standing", icon="pencil"),
    actions=(
        Action("Ask Maple Street", "#standing", icon="help-circle"),
        Action("Book the next visit", "#standing", icon="calendar"),
    ),
    more=(
        Action("Close with an outcome", "#standing", icon="circle-check"),
        Action("Record a no-show", "#standing", "post", "user-x"),
    ),
)

TRACKS = (
    Track("Patient", 4, 4, "Seen", "Nov 17", log=(TrackStep("Seen at Harbor", "Nov 17"), TrackStep("Booked", "Nov 6"))),
    Track("Treatment", 3, 5, "Scheduled", "for Dec 4"),
    Track(
        "Communication",
        0,
        4,
        "Report owed",
        "since Tuesday",
        note="now",
        trouble="amber",
        log=(TrackStep("Consult completed", "Nov 17"),),
    ),
    Track("Authorization", 1, 1, "Valid", "to Dec 11", note="1 of 1"),
)

HEALTHY_TRACKS = (
    Track("Patient", 3, 4, "Booked", "Dec 4"),
    Track("Treatment", 0, 5, "None yet"),
    Track("Communication", 1, 1, "Nothing owed"),
    Track("Authorization", 0, 1, "Expired", "Nov 2", trouble="red"),
)

SAFETY = Safety(
    chips=(Chip("red", "pill", "Takes apixaban"), Chip("red", "alert-triangle", "Latex allergy")),
    source="From Maple Street’s packet, Nov 5. Confirmed with Elena on Tuesday.",
)

PACKET = Packet(
    films=(
        Film("Periapical #19", "Nov 3, apex visible", "", ""),
        Film("Panoramic", "Nov 3, 16 days old", "", "", remove=Action("Remove", "#packet", "post")),
    ),
    documents=(
        Document("Clinical note", "1 page", url="#packet"),
        Document("Medications", "4 listed", "pill", "#packet"),
        Document("Insurance", "checked Nov 5", "shield-check"),
    ),
    chip=Chip("green", "circle-check", "Complete"),
    upload_url="#packet",
    max_bytes=50 * 1024 * 1024,
    max_words="50 MB",
)

TIMELINE = Timeline(
    coming=(
        Entry("calendar", "Surgery: extraction of #19, Dr. Okafor", "Booked for Fri, Dec 4, 8:30 AM"),
        Entry("send", "Report to Maple Street", "Owed by 5 PM today"),
    ),
    days=(
        Day(
            "Tuesday, Nov 17",
            (
                Entry(
                    "robot",
                    "Anxiety set to high, calm wording from now on",
                    "just now · by itself",
                    "Understood as “afraid”.",
                    is_fresh=True,
                    undo=Action("Undo", "#timeline", "post"),
                ),
                Entry(
                    "check",
                    "extraction of #19, implant after healing",
                    "11:34 AM · Dana Whitfield",
                    "Elena accepted the treatment plan:",
                    kind="green",
                ),
                Entry("lock", "Prefers mornings, her son drives", "11:02 AM · Dana Whitfield", is_private=True),
                Entry(
                    "message",
                    "Elena confirmed by text",
                    "10:58 AM · understood as yes",
                    quote="“Sí, ahí estaré”",
                    kind="blue",
                ),
            ),
        ),
        Day(
            "Earlier",
            (
                Entry(
                    "pencil",
                    "Corrected: the film is of #19, not #18",
                    "Nov 6, 9:30 AM · Jess Rowan",
                    link=Link("the line it corrects", "#timeline"),
                ),
                Entry(
                    "send",
                    "Referral sent with 3 films and 3 documents",
                    "Nov 5, 11:40 PM · Dr. Hannah Cole, Maple Street",
                ),
            ),
        ),
    ),
    note_url="#timeline",
    older=Link("12 older lines", "#timeline"),
)

NOTICES = (
    Notice("green", "shield-check", "", "The tooth agrees with your words."),
    Notice(
        "red",
        "alert-triangle",
        "You picked #3 (FDI 16, upper right). The note says “lower left 6”, which is #19.",
        "Tooth and note disagree.",
        Action("Use #19", "#notices"),
    ),
    Notice("amber", "info-circle", "This film is 14 months old. You can send it anyway."),
    Notice(
        "blue",
        "hourglass",
        "Calvin already has an open referral to Harbor, sent on Nov 12.",
        action=Action("Open it", "#notices"),
    ),
)

READY = ReadyToSend(
    parts=(
        ("Calvin Wright, ", False),
        ("#19", True),
        (" (FDI 36), extraction. ", False),
        ("Soon", True),
        (", to Harbor Oral Surgery.", False),
    ),
    checks=(
        Check(True, "Tooth, words and film agree"),
        Check(True, "Medications and allergies included"),
        Check(False, "Medical history is 14 months old.", fix=Link("Ask Calvin now", "#ready")),
        Check(False, "No film of #19.", is_required=True, fix=Link("Add one", "#ready")),
    ),
    can_send=False,
    after="You can recall it until Harbor accepts. After that you can amend or cancel it.",
)

RAIL = (
    RailCard(
        "Visits today",
        (RailItem("8:30 Sam Ortiz, #32", icon="circle-check"), RailItem("10:00 Leo Hart, consult", "Not yet", "clock")),
        Link("All visits", "#rail"),
    ),
)


class SampleForm(forms.Form):
    """One field of every look."""

    reason = forms.CharField(label="What should they know?", widget=forms.Textarea(attrs={"rows": 3}))
    phone = forms.CharField(label="Phone", help_text="Ten digits, or with the country in front.")
    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("es", "Spanish"), ("ru", "Russian")])
    urgency = forms.ChoiceField(
        label="How soon",
        widget=forms.RadioSelect,
        choices=[("routine", "Routine"), ("soon", "Soon"), ("urgent", "Urgent"), ("emergency", "Emergency")],
    )
    told = forms.MultipleChoiceField(
        label="Who has been told",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("patient", "The patient"), ("guardian", "A guardian")],
    )
    consent = forms.BooleanField(label="The patient agreed to texts", required=False)


SAMPLES: dict[str, object] = {
    "crumbs": [Link("Settings", "#crumbs"), Link("Parts", "")],
    "chips": CHIPS,
    "group": Group(
        "rows", "New to accept", len(ROWS), ROWS, "Contact target: 24 working hours", Link("12 more", "#rows")
    ),
    "filters": [
        Filter("All", "#filters", 15, is_current=True),
        Filter("Red flag", "#filters", 1),
        Filter("Reports owed", "#filters", "200+"),
    ],
    "standing": STANDING,
    "tracks": TRACKS,
    "healthy_tracks": HEALTHY_TRACKS,
    "safety": SAFETY,
    "packet": PACKET,
    "timeline": TIMELINE,
    "notices": NOTICES,
    "ready": READY,
    "rail": RAIL,
    "chart": ToothChart(picked=("19",), missing=("1", "16", "17", "32")),
    "guard": ToothGuard(
        "disagrees",
        "You picked #3. The note says “lower left 6”, which is #19.",
        "Tooth and note disagree.",
        ("19",),
    ),
    "facts": [
        Fact("Born", "June 2, 1992 (34)"),
        Fact("Phone", "(503) 555-0131", "#facts"),
        Fact("Language", "English"),
    ],
    "pages": Pages("#pages", "#pages", "Showing 50 of 1,480"),
    "undo": Undo("Lucille’s follow-up stopped. The text from 9:02 stays sent.", Action("Undo", "#undo", "post")),
    "empty_action": Action("Print your QR page for offices", "#empty"),
    "error_action": Action("Ask Maple Street for the number", "#empty"),
    "fill_action": Action("Accept", "#buttons", "post", "check"),
    "call_action": Action("Call", "#buttons", icon="phone"),
    "bare_action": Action("Undo", "#buttons"),
    "swatches": SWATCHES,
}


@member_page("look")
def parts(request: HttpRequest) -> HttpResponse:
    """Show every part with fixed samples."""
    form = SampleForm({"reason": "", "phone": "12", "urgency": "soon"})
    return TemplateResponse(request, "parts.html", {**SAMPLES, "form": form})
