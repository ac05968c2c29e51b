"""When two numbers that people write are the same number: one folded key for all identities."""

import unicodedata

_NOT_PART_OF_A_NUMBER = {"Cf", "Cc", "Zs", "Zl", "Zp", "Pd"}


def folded_key(text: str) -> str:
    """The key by which a written number is known: `QD-000815`, `qd 000815` and `ＱＤ000815` have one.

    Width and compatibility forms (NFKC), case, blanks, hyphens and dashes, underscores, control and zero-width
    signs make no difference. Leading zeros do: what differs in them alone is told by `twin_key`.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign) not in _NOT_PART_OF_A_NUMBER and sign != "_")


def twin_key(text: str) -> str:
    """The folded key without leading zeros in each run of digits: `QD-000815` and `QD-815` are possible twins."""
    key = folded_key(text)
    kept: list[str] = []
    for position, sign in enumerate(key):
        starts_run = sign == "0" and (not kept or not kept[-1].isdecimal())
        if starts_run and position + 1 < len(key) and key[position + 1].isdecimal():
            continue
        kept.append(sign)
    return "".join(kept)
