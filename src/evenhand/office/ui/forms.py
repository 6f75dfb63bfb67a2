"""Forms in the face of the office: a renderer with our templates, and widgets that a browser helps to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input


class Renderer(DjangoTemplates):
    """FORM_RENDERER of the settings: `{{ form }}` and `{% field form.x %}` give the same markup."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/components/field.html"


class DateInput(forms.DateInput):
    """A day, with the browser's calendar. Written and read as ISO 8601; what people type otherwise is read as well."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """A day with a time of day, Pacific."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Form(forms.Form):
    """A form of the office. The browser's own complaints are off: ours say what is wrong, beside the field and in the summary."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            fit(field)


def fit(field: forms.Field) -> None:
    """Gives a date or time field the widget of the browser where it has Django's own."""
    if type(field.widget) is forms.DateInput:
        field.widget = _same(DateInput(), field)
    elif type(field.widget) is forms.DateTimeInput:
        field.widget = _same(DateTimeInput(), field)


def _same(widget: forms.Widget, field: forms.Field) -> forms.Widget:
    widget.attrs.update(field.widget.attrs)
    widget.is_required = field.required
    return widget


CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.FileInput, "file-input"),
    (forms.Textarea, "usa-textarea"),
    (forms.Select, "usa-select"),
    (Input, "usa-input"),
)
PARTS = {"DateInput": "Day", "TimeInput": "Time of day"}


def drawn(field: BoundField) -> str:
    """The widget of a field with the class that its kind has here, and told as required where it is."""
    inner = field.field.widget
    needed: dict[str, str | bool] = {"aria-required": "true"} if field.field.required else {}
    if isinstance(inner, forms.MultiWidget):
        for number, part in enumerate(inner.widgets, 1):
            part.attrs.setdefault("class", _class(part))
            part.attrs.setdefault("aria-label", PARTS.get(part.__class__.__name__, f"Part {number}"))
        return field.as_widget(attrs=needed)
    own = inner.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{_class(inner)} {own}".strip(), **needed})


def _class(inner: forms.Widget) -> str:
    return next((name for kind, name in CLASSES if isinstance(inner, kind)), "")


def kind_of(field: BoundField) -> str:
    """`radios`, `checkboxes`, `checkbox`, `group` (several inputs), `hidden` or `one`: how the field is laid out."""
    inner = field.field.widget
    if inner.is_hidden:
        return "hidden"
    if isinstance(inner, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(inner, forms.RadioSelect):
        return "radios"
    if inner.use_fieldset:
        return "group"
    return "checkbox" if isinstance(inner, forms.CheckboxInput) else "one"


def errors_of(source: forms.BaseForm | forms.BaseFormSet[Any]) -> Iterator[tuple[str, str, str]]:
    """(address of the field, its label, what is wrong) of a form or of the rows of a formset, for the summary of errors."""
    if isinstance(source, forms.BaseFormSet):
        yield from (("", "", str(words)) for words in source.non_form_errors())
        for number, form in enumerate(source.forms, 1):
            for address, label, said in errors_of(form):
                yield address, f"Row {number}, {label}" if label else f"Row {number}", said
        return
    yield from (("", "", str(words)) for words in source.non_field_errors())
    for bound in source:
        first = f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
        yield from ((f"#{first}" if first else "", str(bound.label), str(words)) for words in bound.errors)
