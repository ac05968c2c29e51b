"""The catalogues use the field's own words, as `locale/glossary.csv` has them.

The glossary is the project's own list (area, English, Simplified Chinese, Russian, note) of the terms of
Chinese customs, of jet fuel, of aircraft maintenance and of audit. It is a copy of `glossary.csv` in the
reference folder of the project, which names no published source for it. What stands in brackets in it
explains a term or a word and is not asked for.

A message that contains a term has to have the term's word in its translation. Chinese does not inflect:
the word has to stand there as it is. Russian does: every word of three letters or more has to begin as
the glossary's does, less the last two letters or three (one of a short word, four of a very long one),
adjectives too, in any order.

A longer term wins over those that it contains, and so does a phrase of `OTHER_SENSES`, in which a word
means something else than in the glossary, or in which several words are one. Nothing that has merely
drifted belongs there: that is mended in the catalogue.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import polib
import pytest

from config.catalogues import LOCALE


class Sense(NamedTuple):
    """A phrase, the words that stand for it (`|` for either) and why; `^…$` is the whole message.

    Russian is not finished: it is None where no translated message has the phrase yet.
    """

    phrase: str
    zh_hans: str
    ru: str | None
    reason: str


OTHER_SENSES: tuple[Sense, ...] = (
    Sense("tank group", "罐组", None, "a group of tanks has a name of its own"),
    Sense("tank car", "罐车", None, "a railway wagon"),
    Sense("tank movement", "罐区移动", None, "the fuel moves, not the tank"),
    Sense("tank capacity", "油箱", None, "the tanks of an aircraft"),
    Sense("tanks of %(aircraft)s", "油箱", "баки", "the tanks of an aircraft"),
    Sense("water dip", "水高", None, "the glossary's water cut"),
    Sense("free water", "游离水", None, "water that is not dissolved"),
    Sense("gauge pressure", "表压", None, "pressure above the atmosphere's"),
    Sense("difference from 15", "之差", None, "of temperatures, not of stock"),
    Sense("No. 3 jet fuel", "3 号喷气燃料", None, "the name in GB 6537"),
    Sense(
        "sample",
        "取样|试样",
        "проба|образец",
        "of goods or fuel: the taking and what is taken; the glossary's is the audit's",
    ),
    Sense("transfer", "倒罐", None, "from tank to tank; the glossary's is between sites"),
    Sense("transfer to another site", "结转", None, "the glossary's transfer"),
    Sense("seal", "封志", None, "of a tank car; the glossary's is the log's"),
    Sense("release", "放行", "выпустить", "the act of customs; the glossary's is of fuel for use"),
    Sense("approved by", "审核人", None, "who approved, over a column"),
    Sense("cannot be accepted", "不能接受", None, "a cell or figure that is wrong"),
    Sense("form was not accepted", "表单未被接受", None, "a page's form"),
    Sense("^Returned$", "退回", None, "goods that came back; the glossary's is a document's"),
    Sense("returned abroad", "退运", None, "goods that are sent back"),
    Sense("not deducted", "未核扣", None, "the opposite"),
    Sense("suspended duty released", "释放的保税关税", None, "the guarantee is freed of it"),
    Sense("suspended consumption tax released", "释放的保税消费税", None, "the guarantee is freed of it"),
    Sense("suspended VAT released", "释放的保税增值税", None, "the guarantee is freed of it"),
    Sense("suspended, released", "释放的保税税款", None, "the guarantee is freed of it"),
    Sense("duty and tax", "税款", "пошлина налоги", "all that is levied, in one word"),
    Sense("duty status", "税款状态", "статус по пошлине", "bonded or duty-paid"),
    Sense("batch declaration", "分送集报", None, "the glossary's batch-out"),
    Sense("over the declaration", "溢装", None, "the glossary's over"),
    Sense("short of the declaration", "短装", "недопоставка", "the glossary's short"),
    Sense("not over", "尚未结束", None, "ended"),
    Sense("over several", "不一致", None, "a sum of unlike things"),
    Sense("over every", "优先于", None, "before, in order"),
    Sense("over 90", "90 天以上", "свыше", "more than"),
    Sense("rolled over", "翻转", "перешёл через нуль", "a counter passes zero"),
    Sense("volume over dip", "容积随油高变化", None, "the axes of a chart"),
    Sense("exchange rate", "汇率", "курс", "of currencies; the glossary's is of parts"),
    Sense("rate of exchange", "汇率", None, "of currencies; the glossary's is of parts"),
    Sense("reconciliation cycle", "核销周期", None, "of an account book; the glossary's cycles are an engine's"),
    Sense("statement of account book", "核对报告", None, "the glossary's reconciliation statement"),
    Sense("draw up the statement", "核对报告", None, "the glossary's reconciliation statement"),
    Sense("history entry", "历史记录", None, "of what was changed; the glossary's is the ledger's"),
    Sense(
        "entry of the document's history",
        "历史记录",
        "запись истории",
        "of what was changed; the glossary's is the ledger's",
    ),
    Sense("place in the number series", "编号序列中的位置", None, "an order, no location"),
    Sense("in its place", "替代", "вместо", "instead"),
    Sense(
        "match what you asked for", "符合条件", "вашему запросу", "the filter of a list; the glossary's is of tickets"
    ),
    Sense("remove", "删除", None, "a line or filter of a page; the glossary's is of a part from an aircraft"),
    Sense("aircraft type", "机型", None, "one word"),
)

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}|`[^`]*`")
BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]")
SHORTEST_RUSSIAN_WORD = 3
# Up to how many letters a Russian word has, and how many of them inflection may change.
LETTERS_CUT = ((4, 1), (7, 2), (10, 3), (99, 4))
LANGUAGES = {"zh_Hans": "zh_hans", "ru": "ru"}


def _pattern(phrase: str) -> re.Pattern[str]:
    """The phrase as whole words, each in the singular or plural, with a space or hyphen between them."""
    whole = phrase.startswith("^")
    words = [
        # A placeholder's name is matched as it is written.
        re.escape(word) if "%" in word else _either_number(word)
        for word in re.split(r"[ -]", phrase.strip("^$"))
    ]
    text = "[ -]".join(words)
    return re.compile(f"^{text}$" if whole else rf"(?<![\w-]){text}(?![\w-])", re.IGNORECASE)


def _either_number(word: str) -> str:
    if word.endswith("y"):
        return f"{re.escape(word[:-1])}(?:y|ies)"
    if word.endswith("s") and not word.endswith("ss"):
        return f"{re.escape(word[:-1])}(?:s|ses)?"
    return f"{re.escape(word)}(?:s|es)?"


@cache
def _words(language: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Pattern, phrase and word of everything that is asked for, the longest first."""
    column = LANGUAGES[language]
    with (LOCALE / "glossary.csv").open(encoding="utf-8", newline="") as file:
        wanted = {
            BRACKETS.sub("", row["english"]).lower(): BRACKETS.sub("", row[column]) for row in csv.DictReader(file)
        }
    wanted |= {sense.phrase.lower(): word for sense in OTHER_SENSES if (word := getattr(sense, column))}
    phrases = sorted(wanted, key=lambda phrase: (not phrase.startswith("^"), -len(phrase)))
    return tuple((_pattern(phrase), phrase, wanted[phrase]) for phrase in phrases)


def _asked_for(message: str, language: str) -> Iterator[tuple[str, str]]:
    """The phrases of a message with the word of each; what a longer one has taken is gone."""
    for pattern, phrase, word in _words(language):
        text = message if "%" in phrase else PLACEHOLDER.sub(" ¤ ", message)
        if pattern.search(text):
            yield phrase, word
            message = pattern.sub(" ¤ ", text)


def _says(translation: str, word: str, language: str) -> bool:
    if language == "zh_Hans":
        return any(either in translation for either in word.split("|"))
    text = translation.lower().replace("ё", "е")
    return any(all(re.search(rf"\b{re.escape(stem)}", text) for stem in _stems(either)) for either in word.split("|"))


def _stems(words: str) -> Iterator[str]:
    for word in re.findall(r"\w+", words.lower().replace("ё", "е")):
        if len(word) >= SHORTEST_RUSSIAN_WORD:
            yield word[: -_ending(word)]


def _ending(word: str) -> int:
    return next(cut for longest, cut in LETTERS_CUT if len(word) <= longest)


def _translated(language: str) -> Iterator[tuple[str, str]]:
    for entry in polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")):
        if entry.obsolete:
            continue
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                yield entry.msgid, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_words_of_the_field(language: str) -> None:
    drifted = [
        f"{message!r} has “{phrase}”: {word} is not in {translation!r}"
        for message, translation in _translated(language)
        for phrase, word in _asked_for(message, language)
        if not _says(translation, word, language)
    ]
    assert not drifted, "\n" + "\n".join(drifted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_sense_is_met(language: str) -> None:
    """A phrase that no message has any more leaves the table."""
    met = {phrase for message, _ in _translated(language) for phrase, _ in _asked_for(message, language)}
    column = LANGUAGES[language]
    assert [s.phrase for s in OTHER_SENSES if getattr(s, column) and s.phrase.lower() not in met] == []


@pytest.mark.parametrize(
    ("language", "message", "translation", "says"),
    [
        ("zh_Hans", "Strapping tables", "罐容表", True),
        ("zh_Hans", "Strapping table", "容积表", False),
        ("zh_Hans", "The tank of %(dip)s", "油罐", True),
        ("zh_Hans", "`tank` is missing", "缺少 `tank`", True),
        ("ru", "Domestic sales", "Продажи на внутреннем рынке", True),
        ("ru", "Domestic sale", "Продажа за границу", False),
    ],
)
def test_a_word_is_found_in_every_form(language: str, message: str, translation: str, says: bool) -> None:
    assert all(_says(translation, word, language) for _, word in _asked_for(message, language)) is says
