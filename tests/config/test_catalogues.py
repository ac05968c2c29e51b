"""Translation catalogues compile without gettext's programs, and faults are named."""

from pathlib import Path

import polib
import pytest

from config import catalogues


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    messages = tmp_path / "zh_Hans" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    return messages


def _write(folder: Path, *entries: polib.POEntry) -> None:
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    file.extend(entries)
    file.save(str(folder / "django.po"))


def test_only_changed_catalogues_are_compiled(locale: Path) -> None:
    _write(locale, polib.POEntry(msgid="Stock", msgstr="库存"))
    assert catalogues.compile_catalogues() == 1
    assert polib.mofile(str(locale / "django.mo")).find("Stock").msgstr == "库存"
    assert catalogues.compile_catalogues() == 0


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="Stock"), "not translated"),
        (polib.POEntry(msgid="Stock", msgstr="库存", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="Lot %(number)s", msgstr="批次"), "placeholders"),
        (polib.POEntry(msgid="Lot {number}", msgstr="批次 {nummer}"), "placeholders"),
    ],
)
def test_a_fault_is_named_with_its_message(locale: Path, entry: polib.POEntry, fault: str) -> None:
    _write(locale, entry)
    (complaint,) = catalogues.complaints()
    assert fault in complaint
    assert entry.msgid in complaint


def test_whole_catalogues_are_accepted(locale: Path) -> None:
    _write(
        locale,
        polib.POEntry(msgid="Stock", msgstr="库存"),
        polib.POEntry(msgid="%d lot", msgid_plural="%d lots", msgstr_plural={0: "%d 批"}),
    )
    assert list(catalogues.complaints()) == []
