"""What a reader says besides the fields: how sure it is of each, and what a person should look at."""

MOST_WARNINGS = 40
MOST_LEFT_OUT = 10


class Notes:
    """Collects warnings, each once, and the confidence of each field."""

    def __init__(self) -> None:
        self._warnings: set[str] = set()
        self._left_out: set[str] = set()
        self._confidence: dict[str, float] = {}

    def warn(self, sentence: str) -> None:
        """Note one sentence for the person who checks the file."""
        self._warnings.add(sentence)

    def leave_out(self, sentence: str) -> None:
        """Note a part of the file that does not fit its format; these come after what a person should look at."""
        self._left_out.add(sentence)

    def trust(self, path: str, confidence: float) -> None:
        """Note how sure a field is: 1.0 was coded, less was inferred."""
        self._confidence[path] = confidence

    def warnings(self) -> tuple[str, ...]:
        """Give the sentences in a fixed order, so that the order of the file does not show; a flood is cut short."""
        return (*_first(self._warnings, MOST_WARNINGS), *_first(self._left_out, MOST_LEFT_OUT))

    def confidence(self) -> dict[str, float]:
        """Give the confidence by path, in alphabetical order."""
        return dict(sorted(self._confidence.items()))


def _first(sentences: set[str], most: int) -> list[str]:
    ordered = sorted(sentences)
    more = len(ordered) - most
    return [*ordered[:most], f"And {more} more of this kind."] if more > 0 else ordered
