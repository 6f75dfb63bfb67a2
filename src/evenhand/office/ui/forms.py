"""Forms in the face of the office: a renderer with our templates, and widgets that a browser helps to fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


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
