"""A statement as JSON: the canonical form that its seal is reckoned over, with the seal in it."""

from collections.abc import Iterator

from fuel.billing.statement_content import StatementContent
from fuel.billing.statement_seal import canonical_json


def write_json(content: StatementContent) -> Iterator[bytes]:
    """In bounded memory. With ``sha256`` emptied, the SHA-256 of these bytes is the seal."""
    return canonical_json(content)
