"""HL7 FHIR R4 at the edge: what arrives is understood here, and no FHIR word goes further down."""
