"""Columns that keep by which key a written number is known, so that the database itself refuses the same one twice."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db import migrations, models
from django.db.models.expressions import Func
from django.db.models.query_utils import DeferredAttribute

from registry.identity import folded_key, twin_key

NO_KEY = ""
"""What a row has that an older program wrote while the schema was newer; unique constraints leave it out."""


class _Folded(DeferredAttribute):
    """Reads the key from the number itself, so that it is right before the row is saved and after it was changed."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        # Compatibility forms may unfold into many signs; what is cut off them is no number that anybody writes.
        key: Any = self.field
        return key.fold(getattr(instance, key.of) or "")[: key.max_length]

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class FoldedKeyField(models.CharField):
    """The folded key of another column of the row; nobody writes it.

    Args:
        of: the column that people write.
    """

    descriptor_class = _Folded
    fold: Callable[[str], str] = staticmethod(folded_key)

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 60, "db_default": NO_KEY, "editable": False, "blank": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: Any, add: bool) -> Any:  # noqa: FBT001  (Django's own signature)
        key = getattr(model_instance, self.attname)
        setattr(model_instance, self.attname, key)
        return key


class TwinKeyField(FoldedKeyField):
    """The same without leading zeros: two numbers that share it are possible twins."""

    fold = staticmethod(twin_key)


class SameNumbers(Exception):
    """Rows of an older program whose numbers are one; people have to say which of them is right."""


def fill_keys(
    app: str,
    model: str,
    key: str,
    *,
    once_per: Sequence[str] = (),
    is_append_only: bool = False,
    **left_out: str,
) -> migrations.RunPython:
    """Fill a new key column from the column that it is of; stop with the numbers where rows have one.

    Args:
        once_per: the columns within which the key is unique.
        is_append_only: the table refuses changes otherwise.
        left_out: rows with these values may share a key.
    """

    def fill(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager
        table = schema_editor.quote_name(rows.model._meta.db_table)
        if is_append_only:
            schema_editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        field = rows.model._meta.get_field(key)
        seen: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
        changed = []
        for row in rows.order_by("pk").iterator(chunk_size=2000):
            changed.append(row)
            if all(getattr(row, name) != value for name, value in left_out.items()):
                seen[*(getattr(row, name) for name in once_per), getattr(row, key)].append(getattr(row, field.of))
            if len(changed) == 2000:
                rows.bulk_update(changed, [key])
                changed = []
        rows.bulk_update(changed, [key])
        if is_append_only:
            schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        same = [" = ".join(numbers) for numbers in seen.values() if len(numbers) > 1]
        if same:
            message = f"{model}: these are one number each, written in two ways. Correct or void one first: "
            raise SameNumbers(message + "; ".join(same[:50]))

    return migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)


class SameCode(Func):
    """A code whatever its case and width; hyphens stay, for A-1-11 and A-11-1 are two bins."""

    template = "lower(normalize(%(expressions)s, NFKC))"
    output_field = models.CharField()
