"""National Provider Identifier of the United States."""

_ISSUER_PREFIX = "80840"  # health application, United States (45 CFR 162.406; ISO/IEC 7812)
_NPI_LENGTH = 10


def is_valid(npi: str) -> bool:
    """Tell whether the ten digits carry a right check digit: Luhn over the number with its issuer prefix 80840."""
    if len(npi) != _NPI_LENGTH or not (npi.isascii() and npi.isdigit()):
        return False
    digits = [int(digit) for digit in reversed(_ISSUER_PREFIX + npi)]
    doubled = (2 * digit for digit in digits[1::2])
    return (sum(digits[::2]) + sum(value // 10 + value % 10 for value in doubled)) % 10 == 0
