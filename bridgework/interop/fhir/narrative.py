"""The human-readable XHTML of FHIR as plain lines: nothing is shown as markup that a sender wrote."""

import re
from dataclasses import dataclass

from lxml import etree

CELL_BREAK = " · "
_BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "pre", "hr", "ul", "ol", "li", "dl", "dt", "dd"}
_BLOCKS |= {"address", "article", "blockquote", "caption", "section"}
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
# Whole sections that say "there is nothing here". Only these words: "no response to antibiotics" is content.
_NOTHING_OF = "information data procedures? allerg(y|ies) medications? problems? conditions? findings? history"
_NOTHING_OF += " insurance coverage records? concerns? complaints? immunizations? devices?"
_MORE = "known current active other relevant significant dental medical drug medication past prior"
_STATED = "performed available provided recorded known reported found documented given taken applicable asked"
_NOTHING = re.compile(
    rf"(none|nil|nka|nkda|n/?a|unknown|no|not)?"
    rf"(( |^)({'|'.join(_MORE.split())}))*"
    rf"(( |^)({'|'.join(_NOTHING_OF.split())}))?"
    rf"( ({'|'.join(_STATED.split())}|at this time|on (file|record)))*[.!]?",
    re.IGNORECASE,
)
_LONGEST_NOTHING = 100


@dataclass(frozen=True)
class Line:
    """One line of a narrative: one cell in prose, several in a table. A heading names the columns of a table."""

    cells: tuple[str, ...]
    is_heading: bool = False

    @property
    def text(self) -> str:
        """The line as it is shown."""
        return CELL_BREAK.join(cell for cell in self.cells if cell)


def lines(xhtml: str) -> list[Line]:
    """Read XHTML (also broken HTML) as lines: a paragraph, a list item or a table row each."""
    if not xhtml.strip():
        return []
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(f"<body>{xhtml}</body>", parser)
    except etree.XMLSyntaxError:
        root = None
    found = _Reader().read(root) if root is not None else []
    bare = _squeeze(re.sub(r"<[^<>]*>", " ", xhtml))
    return found or ([Line((bare,))] if bare and "<script" not in xhtml.lower() else [])


def text_of(found: list[Line]) -> str:
    """Write lines as plain text, cells of a table apart by a dot."""
    return "\n".join(line.text for line in found)


def says_nothing(text: str) -> bool:
    """Tell "No information" and its like from content."""
    plain = " ".join(text.strip(" .-–—").split())
    starts = re.match(r"(no|none|nil|nka|nkda|n/?a|unknown|not)\b", plain, re.IGNORECASE)
    return not plain or (starts is not None and len(plain) < _LONGEST_NOTHING and _NOTHING.fullmatch(plain) is not None)


class _Reader:
    """Walks the markup once and breaks lines where a browser would."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._words: list[str] = []
        self._cells: list[str] | None = None
        self._headings = 0

    def read(self, root: etree._Element) -> list[Line]:
        unseen = 0
        for event, node in etree.iterwalk(root, events=("start", "end")):
            tag = str(node.tag).lower()
            if tag in _UNSEEN:
                unseen += 1 if event == "start" else -1
            elif not unseen:
                self._open(tag, node.text) if event == "start" else self._close(tag)
            if event == "end" and not unseen:
                self._words.append(node.tail or "")
        self._break()
        return self._lines

    def _open(self, tag: str, text: str | None) -> None:
        if tag == "tr":
            self._break()
            self._cells, self._headings = [], 0
        elif tag in _BLOCKS or tag == "br":
            self._break()
        elif tag in ("th", "b", "strong") and self._cells is not None:
            self._headings += 1
        self._words.append(text or "")

    def _close(self, tag: str) -> None:
        if tag in _CELLS and self._cells is not None:
            self._cells.append(self._taken())
        elif tag == "tr":
            cells, self._cells = tuple(self._cells or ()), None
            if any(cells):
                self._lines.append(Line(cells, is_heading=len(cells) > 1 and self._headings >= len(cells)))
        elif tag in _BLOCKS:
            self._break()

    def _break(self) -> None:
        """End a line; inside a table cell a break is only a blank."""
        if self._cells is not None:
            self._words.append(" ")
        elif text := self._taken():
            self._lines.append(Line((text,)))

    def _taken(self) -> str:
        text, self._words = _squeeze("".join(self._words)), []
        return text


def _squeeze(text: str) -> str:
    return " ".join(text.split())
