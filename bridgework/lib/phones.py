"""Phone numbers: stored as E.164, shown as people of the country write them."""

import phonenumbers

_NANP = 1  # country code of the North American Numbering Plan


def to_e164(text: str, region: str = "US") -> str | None:
    """Read a typed number as E.164 ("+15035550120"), or None when it cannot be one.

    An extension is dropped. A number without area code is None: nobody can send to it. Numbers that no carrier has
    given out yet are accepted, because carriers open new ranges faster than lists are renewed.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or not _may_be_dialled(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display(e164: str) -> str:
    """Write a stored number for people: "(503) 555-0120", abroad "+52 55 1234 5678". Anything else comes back as is."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if number.country_code == _NANP else style.INTERNATIONAL)


def last_four(e164: str) -> str:
    """Give the last four digits, the most that is said aloud or shown without reason."""
    return e164[-4:]


def national_digits(e164: str) -> str:
    """Give the digits without country code; all digits when the number cannot be read."""
    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return "".join(character for character in e164 if character.isdigit())


def _may_be_dialled(number: phonenumbers.PhoneNumber) -> bool:
    """Refuse area codes and exchanges that begin with 0 or 1 (NANPA: both are N, a digit 2 to 9)."""
    if number.country_code != _NANP:
        return True
    digits = phonenumbers.national_significant_number(number)
    return len(digits) == 10 and digits[0] in "23456789" and digits[3] in "23456789"
