"""Translation catalogues without gettext's programs: compile them, and check that they are whole.

`python -m config.catalogues compile` writes the .mo files beside the .po files, `check` names every
message that would show a person the wrong language or break.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"
# Russian is prepared, not finished; English is what the code says.
MUST_BE_WHOLE = ("zh_Hans",)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")


def compile_catalogues() -> int:
    """Compile every catalogue that is newer than its compiled form; return how many."""
    compiled = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        unfinished = target.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        compiled += 1
    return compiled


def complaints() -> Iterator[str]:
    """Every fault of every catalogue, as `file: message: fault`."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        whole = source.parts[-3] in MUST_BE_WHOLE
        for entry in polib.pofile(str(source)):
            if entry.obsolete:
                continue
            fault = _fault(entry, whole=whole)
            if fault:
                yield f"{source.relative_to(LOCALE.parent)}: {entry.msgid!r}: {fault}"


def _fault(entry: polib.POEntry, *, whole: bool) -> str:
    if entry.fuzzy:
        return "marked fuzzy; a person must look at it"
    if whole and not entry.translated():
        return "not translated"
    wanted = {frozenset(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        if text and frozenset(PLACEHOLDER.findall(text)) not in wanted:
            return f"placeholders differ in {text!r}"
    return ""


def main() -> int:
    if sys.argv[1:] == ["compile"]:
        compile_catalogues()
        return 0
    faults = list(complaints())
    print("\n".join(faults) or "The catalogues are whole.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
