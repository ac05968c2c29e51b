"""Lines of a document, entered as rows of one form."""

from django import forms

from registry.lines import ROWS_ADDED_AT_ONCE, LineFormSet


class _LineForm(forms.Form):
    item = forms.CharField()
    quantity = forms.DecimalField()


_Lines = forms.formset_factory(_LineForm, formset=LineFormSet, extra=1, can_delete=True)


def _posted(*rows: dict[str, str], **more: str) -> dict[str, str]:
    data = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0", **more}
    return data | {f"lines-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def test_rows_left_empty_or_removed_are_not_lines() -> None:
    lines = _Lines(
        _posted({"item": "A", "quantity": "1"}, {}, {"item": "B", "quantity": "", "DELETE": "on"}), prefix="lines"
    )
    assert lines.is_valid()
    assert [row["item"] for row in lines.filled_rows] == ["A"]


def test_asking_for_rows_shows_what_was_typed_without_errors() -> None:
    lines = _Lines(_posted({"item": "A", "quantity": "many"}, **{"lines-add": "1"}), prefix="lines")
    assert not lines.is_valid()
    assert len(lines.forms) == 1 + ROWS_ADDED_AT_ONCE
    assert not any(form.errors for form in lines.forms)
    assert lines.forms[0]["item"].value() == "A"
    assert f'value="{1 + ROWS_ADDED_AT_ONCE}"' in str(lines.management_form)


def test_a_damaged_row_count_is_an_error_and_not_a_crash() -> None:
    lines = _Lines(_posted({"item": "A"}) | {"lines-TOTAL_FORMS": "x"}, prefix="lines")
    assert not lines.is_valid()
