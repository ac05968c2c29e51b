"""Lines of a document, entered as many rows of one form."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict

ROWS_ADDED_AT_ONCE = 5


class LineFormSet(forms.BaseFormSet):
    """Rows that can also be added without a script: the button named `<prefix>-add` returns the page with more.

    Such a return is not valid, so the view shows the form again, and shows no errors on its rows.
    """

    renderer: Any

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.is_asking_for_rows = data is not None and f"{self.prefix}-add" in data
        if self.is_asking_for_rows:
            self.data = _with_more_rows(data, f"{self.prefix}-TOTAL_FORMS", self.absolute_max)

    def is_valid(self) -> bool:
        return not self.is_asking_for_rows and super().is_valid()

    def full_clean(self) -> None:
        if not self.is_asking_for_rows:
            super().full_clean()
            return
        self._errors: list[Any] = [{} for _form in self.forms]
        self._non_form_errors = self.error_class(renderer=self.renderer)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form: Any = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if self.is_bound and self.is_asking_for_rows:
            form._errors = ErrorDict(renderer=self.renderer)
        return form

    @property
    def filled_rows(self) -> list[dict[str, Any]]:
        """What was entered, row by row, without the rows that were left empty or taken out."""
        return [form.cleaned_data for form in self.filled_forms]

    @property
    def filled_forms(self) -> list[forms.BaseForm]:
        """The rows that `filled_rows` tells of, in the same order: where its errors are shown."""
        return [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]


def _with_more_rows(data: Any, name: str, limit: int) -> Any:
    posted = data.get(name, "")
    rows = int(posted) if posted.isdecimal() else 0
    larger = data.copy()
    larger[name] = str(min(rows + ROWS_ADDED_AT_ONCE, limit))
    return larger
