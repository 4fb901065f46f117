"""What a reader says besides the fields: how sure it is of each, and what a person should look at."""

MOST_WARNINGS = 40


class Notes:
    """Collects warnings, each once, and the confidence of each field."""

    def __init__(self) -> None:
        self._warnings: set[str] = set()
        self._confidence: dict[str, float] = {}

    def warn(self, sentence: str) -> None:
        """Note one sentence for the person who checks the file."""
        self._warnings.add(sentence)

    def trust(self, path: str, confidence: float) -> None:
        """Note how sure a field is: 1.0 was coded, less was inferred."""
        self._confidence[path] = confidence

    def warnings(self) -> tuple[str, ...]:
        """Give the sentences in a fixed order, so that the order of the file does not show; a flood is cut short."""
        ordered = sorted(self._warnings)
        left_out = len(ordered) - MOST_WARNINGS
        if left_out > 0:
            return (*ordered[:MOST_WARNINGS], f"And {left_out} more of this kind.")
        return tuple(ordered)

    def confidence(self) -> dict[str, float]:
        """Give the confidence by path, in alphabetical order."""
        return dict(sorted(self._confidence.items()))
