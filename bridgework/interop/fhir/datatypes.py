"""Reading views of FHIR R4 datatypes (R4, section 2.24): only the elements that the product looks at.

Everything has a default, because nothing is certain to be there. A test holds every view to the table of R4.
"""

from decimal import Decimal
from typing import TypeAlias

import msgspec

Number: TypeAlias = int | Decimal


class View(msgspec.Struct, rename="camel"):
    """What every reading view shares: FHIR's spelling of names."""


class Coding(View):
    """A code of a code system."""

    system: str = ""
    code: str = ""
    display: str = ""


class Reference(View):
    """A pointer to a resource, by address, by identifier or by words alone."""

    reference: str = ""
    identifier: "Identifier | None" = None
    display: str = ""


class CodeableConcept(View):
    """Something said in codes, in words, or both."""

    coding: list[Coding] = []
    text: str = ""
    extension: list["Extension"] = []


class Period(View):
    """From and to, each a partial date or a time."""

    start: str = ""
    end: str = ""


class Identifier(View):
    """A number or name given by somebody."""

    use: str = ""
    type: CodeableConcept | None = None
    system: str = ""
    value: str = ""
    period: Period | None = None


class Extension(View):
    """An element that R4 itself does not have; only the kinds of value that the product knows."""

    url: str = ""
    extension: list["Extension"] = []
    value_string: str = ""
    value_code: str = ""
    value_coding: Coding | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_identifier: Identifier | None = None
    value_reference: Reference | None = None


class HumanName(View):
    """A name of a person."""

    use: str = ""
    text: str = ""
    family: str = ""
    given: list[str] = []
    prefix: list[str] = []
    suffix: list[str] = []
    period: Period | None = None


class ContactPoint(View):
    """A phone, fax or e-mail address."""

    system: str = ""
    value: str = ""
    use: str = ""
    rank: int = 0
    period: Period | None = None


class Address(View):
    """A postal address."""

    use: str = ""
    type: str = ""
    text: str = ""
    line: list[str] = []
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    period: Period | None = None


class Quantity(View):
    """A measured amount."""

    value: Number | None = None
    comparator: str = ""
    unit: str = ""
    code: str = ""


class Annotation(View):
    """A remark."""

    text: str = ""


class Attachment(View):
    """Content in another format: carried (`data`) or named (`url`)."""

    content_type: str = ""
    url: str = ""
    title: str = ""
    creation: str = ""


class Narrative(View):
    """The human-readable part of a resource, as XHTML."""

    status: str = ""
    div: str = ""
