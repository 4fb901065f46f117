"""Names of the icons in the sprite. One icon, one meaning; a test compares them with `static/vendor/tabler-icons.svg`."""

from __future__ import annotations

from typing import Literal, get_args

# fmt: off
IconName = Literal[
    "alert-triangle", "arrow-back-up", "arrow-down", "arrow-down-right", "arrow-forward-up", "arrow-left",
    "arrow-right", "arrow-up", "arrow-up-right", "arrows-exchange", "arrows-maximize", "bell", "bone",
    "brightness-up", "building", "building-hospital", "calendar", "calendar-check", "calendar-event", "calendar-time",
    "calendar-x", "chart-line", "check", "chevron-down", "chevron-left", "chevron-right", "circle-check",
    "circle-dashed", "circle-x", "clipboard-check", "clock", "contrast", "copy", "dental", "device-mobile",
    "door-exit", "dots", "download", "droplet", "edit", "external-link", "eye", "eye-off", "file-off", "file-plus",
    "file-text", "flag-3", "heart", "heartbeat", "help-circle", "history", "home", "hourglass", "id", "inbox",
    "info-circle", "key", "language", "link", "list", "lock", "logout", "lungs", "mail", "mail-opened", "map-pin",
    "medicine-syrup", "message", "message-question", "microscope", "note", "paperclip", "pencil", "phone", "photo",
    "pill", "player-pause", "player-play", "plus", "printer", "refresh", "report-medical", "robot",
    "rotate-clockwise", "search", "seedling", "send", "settings", "shield", "shield-check", "sparkles", "stethoscope",
    "trash", "upload", "user", "user-check", "user-plus", "user-x", "users", "vaccine", "wifi-off", "woman", "world",
    "x", "zoom-in", "zoom-out", "zzz",
]
# fmt: on
ICON_NAMES: frozenset[str] = frozenset(get_args(IconName))
