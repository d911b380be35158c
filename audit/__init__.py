"""What DID happen: the chained audit trail, readable whole by an auditor who does not trust us.

Nothing here needs a database, a network or a clock: records come in as text, verdicts go out.
Read from the bottom: `canonical` (the bytes), `record` (their meaning), `commitment` (what stands
in for personal data), `chain` (their order). It trusts the standard library and `states` only.
"""
