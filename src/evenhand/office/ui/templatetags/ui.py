"""The components as template tags: `{% load ui %}`. The page /ui/ shows each with its use; docs/design.md tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest
from django.template import Context, Library
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.office.ui import badges, dates
from evenhand.office.ui.dates import Moment
from evenhand.office.ui.forms import drawn, errors_of, kind_of
from evenhand.office.ui.parts import Entry, Table

register = Library()
HERE = "ui/components/"


# --- filters ----------------------------------------------------------------------------------------------------------


@register.filter
def day(value: Moment) -> str:
    """`Mon, Mar 2, 2015`."""
    return dates.day_words(value)


@register.filter
def short_day(value: Moment) -> str:
    """`Mar 2, 2015`."""
    return dates.short_words(value)


@register.filter
def long_day(value: Moment) -> str:
    """`March 2, 2015`."""
    return dates.long_words(value)


@register.filter
def moment(value: Moment) -> str:
    """`Mar 2, 2015, 2:05 p.m. PT`."""
    return dates.moment_words(value)


@register.filter
def time_tag(value: Moment) -> SafeString | str:
    """`<time datetime="2015-03-02">Mon, Mar 2, 2015</time>`; empty for nothing."""
    if not dates.iso(value):
        return ""
    return format_html('<time datetime="{}">{}</time>', dates.iso(value), dates.day_words(value))


@register.filter
def words(number: int, thing: str) -> str:
    """`{{ 2|words:"paper" }}` is "2 papers"; `{{ 2|words:"entry,entries" }}` is "2 entries". Thousands have a comma."""
    one, _, many = thing.partition(",")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


CONFIDENCE = {
    "read": "read in the law itself",
    "secondary": "read in a reliable second source",
    "partly_read": "unverified: only part of the provision was read",
    "deduced": "unverified: deduced from other provisions",
    "general_knowledge": "unverified: from general knowledge",
}


@register.filter
def confidence_words(value: object) -> str:
    """How sure the pack is, in words."""
    name = str(getattr(value, "value", value) or "")
    return CONFIDENCE.get(name, name.replace("_", " "))


# --- small parts ------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """`{% icon "warning" %}`: a shape of the sprite. Without a title it is decoration and is not read."""
    where = f"{static('ui/icons.svg')}#{name}"
    if title:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', title, where)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', where)


@register.inclusion_tag(HERE + "button.html")
def button(text: str, kind: str = "", name: str = "", value: str = "", small: bool = False) -> dict[str, Any]:
    """`{% button "Send the notices" %}`; kind: primary (default), outline, danger, plain (looks like a link)."""
    return {"text": text, "kind": kind, "name": name, "value": value, "small": small}


@register.inclusion_tag(HERE + "link_button.html")
def link_button(text: str, url: str, kind: str = "", small: bool = False) -> dict[str, Any]:
    """`{% link_button "Open the case" url kind="outline" %}`: a link that looks like a button."""
    return {"text": text, "url": url, "kind": kind, "small": small}


@register.inclusion_tag(HERE + "state_tag.html")
def state_tag(state: Any, words: str = "", look: str = "") -> dict[str, Any]:
    """`{% state_tag case %}`, `{% state_tag item %}` or `{% state_tag "ISSUED" "determination issued" %}`."""
    if not isinstance(state, str):
        words = words or state.get_state_display()
        state = state.state
    return {"badge": badges.state(str(state), words or str(getattr(state, "label", "")), look)}


@register.inclusion_tag(HERE + "deadline_badge.html", takes_context=True)
def deadline_badge(context: Context, due: Moment, met: Moment = None, today: date | None = None) -> dict[str, Any]:
    """`{% deadline_badge legal_date.due met=legal_date.met_on %}`. Seen from `today`, by default the page's or the clock's."""
    seen_from = today or context.get("today") or dates.today()
    return {"badge": badges.deadline(due, today=seen_from, met=met)}


@register.inclusion_tag(HERE + "progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    """`{% progress 3 7 "Documents indexed" %}`."""
    return {"done": done, "total": total, "label": label}


@register.inclusion_tag(HERE + "key_figure.html")
def key_figure(label: str, figure: object, note: str = "", url: str = "", attention: bool = False) -> dict[str, Any]:
    """`{% key_figure "Open cases" 128 note="6 late" url=queue %}`: a tile; several stand in `<ul class="tiles">`."""
    shown = f"{figure:,}" if isinstance(figure, int) else figure
    return {"label": label, "figure": shown, "note": note, "url": url, "attention": attention}


# --- messages ---------------------------------------------------------------------------------------------------------


ALERTS = {"info": "info", "success": "check_circle", "warning": "warning", "error": "error"}


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "", level: int = 2) -> str:
    """`{% alert "warning" "Two papers are missing" %}…{% endalert %}`; kind: info, success, warning, error."""
    parts = {"kind": kind, "icon": ALERTS.get(kind, "info"), "title": title, "level": f"h{level}", "content": content}
    return render_to_string(HERE + "alert.html", parts)


@register.inclusion_tag(HERE + "refusal.html")
def refusal(refused: Any, level: int = 2) -> dict[str, Any]:
    """`{% refusal refused %}`: what was refused, why with its citation, what to do next. Nothing where there is no refusal."""
    return {"refused": refused, "level": f"h{level}"}


@register.inclusion_tag(HERE + "unverified.html")
def unverified(caution: str | None) -> dict[str, Any]:
    """`{% unverified deadline.caution %}`: says that nobody verified a value. Nothing where there is no caution."""
    return {"caution": caution}


@register.inclusion_tag(HERE + "messages.html", takes_context=True)
def messages_area(context: Context) -> dict[str, Any]:
    """Django's messages of this request, as alerts."""
    request = context.get("request")
    if not isinstance(request, HttpRequest) or not hasattr(request, "_messages"):
        return {"told": []}
    from django.contrib.messages import get_messages

    told = [(m.level_tag if m.level_tag in ALERTS else "info", m.message) for m in get_messages(request)]
    return {"told": [(kind, ALERTS[kind], said) for kind, said in told]}


@register.simple_block_tag
def empty_state(content: str, title: str) -> str:
    """`{% empty_state "No case waits for you" %}…what to do…{% endempty_state %}`."""
    return render_to_string(HERE + "empty_state.html", {"title": title, "content": content})


# --- forms ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag(HERE + "field.html")
def field(field: BoundField, hint: str = "") -> dict[str, Any]:
    """`{% field form.received_on %}`: label, hint, error, required mark, and the widget, for any field of a form."""
    field.help_text = hint or field.help_text
    return {"field": field}


@register.filter
def widget(field: BoundField) -> str:
    """The widget of a field with the class that its kind has here."""
    return drawn(field)


@register.filter
def widget_kind(field: BoundField) -> str:
    """`radios`, `checkboxes`, `checkbox`, `group` (several inputs), `hidden` or `one`: how the field is laid out."""
    return kind_of(field)


@register.filter
def choice(part: Any, kind: str) -> str:
    """The input of one choice of a list of radios or checkboxes."""
    part.data["attrs"]["class"] = "usa-radio__input" if kind == "radios" else "usa-checkbox__input"
    return str(part.tag(wrap_label=False))


@register.inclusion_tag(HERE + "error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """`{% error_summary form rows %}`: what is wrong in forms and formsets, each line a link to its field."""
    return {"errors": [line for source in sources if source is not None for line in errors_of(source)]}


@register.inclusion_tag(HERE + "filter_form.html", takes_context=True)
def filter_form(context: Context, form: Any, clear: str = "", button: str = "Show") -> dict[str, Any]:
    """`{% filter_form form clear=url %}`: a GET form; its fields stand in a row, the address is the whole state."""
    return {"form": form, "clear": clear or "?", "button": button}


# --- lists ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag(HERE + "summary_list.html")
def summary_list(rows: Any, ruled: bool = False) -> dict[str, Any]:
    """`{% summary_list rows %}`: rows of (term, description); a mapping does as well. Empty descriptions are left out."""
    pairs = rows.items() if isinstance(rows, Mapping) else rows
    return {"rows": [(term, said) for term, said in pairs if said not in (None, "")], "ruled": ruled}


@register.inclusion_tag(HERE + "data_table.html", takes_context=True)
def data_table(context: Context, table: Table) -> dict[str, Any]:
    """`{% data_table table %}`: a `ui.parts.Table`. Below 40rem each row becomes a card."""
    heads = [
        {"column": column, "sort": _sorting(context, column.sort, table.sorted_by) if column.sort else None}
        for column in table.columns
    ]
    rows = [list(zip(table.columns, row, strict=True)) for row in table.rows]
    return {"table": table, "heads": heads, "rows": rows}


@register.inclusion_tag(HERE + "sort_header.html", takes_context=True)
def sort_header(context: Context, title: str, name: str, sorted_by: str, number: bool = False) -> dict[str, Any]:
    """`{% sort_header "Due" "due" sorted_by %}`: a `<th>` whose link sorts by it, for tables written by hand."""
    return {"title": title, "sort": _sorting(context, name, sorted_by), "number": number}


def _sorting(context: Context, name: str, sorted_by: str) -> dict[str, str]:
    """Where the link leads and how the column is sorted now (`ascending`, `descending`, or not at all)."""
    now = {name: "ascending", f"-{name}": "descending"}.get(sorted_by, "")
    shape = {"ascending": "arrow_upward", "descending": "arrow_downward"}.get(now, "unfold_more")
    following = f"-{name}" if now == "ascending" else name
    return {"address": address(context, sort=following, page=None), "now": now, "icon": shape}


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: Any) -> str:
    """`{% address page=2 %}`: this page's query with changes; None takes a parameter out."""
    request = context.get("request")
    query = request.GET.copy() if isinstance(request, HttpRequest) else None
    if query is None:
        from django.http import QueryDict

        query = QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag(HERE + "pagination.html", takes_context=True)
def pagination(context: Context, page: Any, thing: str = "") -> dict[str, Any]:
    """`{% pagination page "case" %}`: a page of Django's Paginator. Nothing where there is only one page."""
    before = address(context, page=page.previous_page_number()) if page.has_previous() else ""
    after = address(context, page=page.next_page_number()) if page.has_next() else ""
    return {"page": page, "before": before, "after": after, "thing": thing}


@register.inclusion_tag(HERE + "tabs.html")
def tabs(choices: Iterable[Any], label: str = "Parts of this page") -> dict[str, Any]:
    """`{% tabs tabs %}`: links of `ui.parts.Choice` or (title, url, current) that show a part of something."""
    return {"choices": [_choice(entry) for entry in choices], "label": label}


@register.inclusion_tag(HERE + "breadcrumb.html")
def breadcrumb(choices: Iterable[Any]) -> dict[str, Any]:
    """`{% breadcrumb trail %}`: (title, url) each; the last, without url, is this page."""
    return {"choices": [_choice(entry) for entry in choices]}


def _choice(entry: Any) -> dict[str, Any]:
    if isinstance(entry, Sequence):
        title, url, current, count = [*entry, None, None, None][:4]
        return {"title": title, "url": url or "", "current": bool(current), "count": count}
    return {name: getattr(entry, name) for name in ("title", "url", "current", "count")}


@register.inclusion_tag(HERE + "file_list.html")
def file_list(files: Iterable[Any], empty: str = "No files.") -> dict[str, Any]:
    """`{% file_list files %}`: `ui.parts.File` each."""
    return {"files": list(files), "empty": empty}


# --- the case and the law ---------------------------------------------------------------------------------------------


@register.inclusion_tag(HERE + "stepper.html")
def stepper(steps: Iterable[Any], label: str = "Where the case stands") -> dict[str, Any]:
    """`{% stepper steps %}`: `ui.parts.Step` each. Every step is read with its state in words."""
    shapes = {"done": "check_circle", "current": "half", "next": "ring", "stopped": "square"}
    said = {"done": "done", "current": "now", "next": "still to come", "stopped": "ended here"}
    return {"label": label, "steps": [(step, shapes[step.state], said[step.state]) for step in steps]}


@register.inclusion_tag(HERE + "timeline.html", takes_context=True)
def timeline(context: Context, entries: Iterable[Entry], today: date | None = None) -> dict[str, Any]:
    """`{% timeline entries %}`: `ui.parts.Entry` each, legal dates with their badge and their reasons on demand."""
    seen_from = today or context.get("today") or dates.today()
    lines = [
        (entry, badges.deadline(entry.due, today=seen_from, met=entry.met) if entry.dated else None)
        for entry in entries
    ]
    return {"lines": lines}


@register.inclusion_tag(HERE + "reasons.html")
def reasons(deadline: Mapping[str, Any] | None, summary: str = "How this date is computed") -> dict[str, Any]:
    """`{% reasons legal_date.deadline %}`: the arithmetic step by step, the citation and the confidence, to be opened."""
    return {"deadline": deadline, "summary": summary}


@register.inclusion_tag(HERE + "law_box.html")
def law_box(
    text: str,
    citation: str,
    confidence: object = "",
    caution: str | None = None,
    title: str = "What the law says",
    level: int = 2,
) -> dict[str, Any]:
    """`{% law_box text citation confidence caution %}`: stands beside the form of the act that it governs."""
    parts = {"text": text, "citation": citation, "confidence": confidence, "caution": caution, "title": title}
    return {**parts, "level": f"h{level}"}


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> str:
    """`{% details "Earlier addresses" %}…{% enddetails %}`: to be opened by whoever wants it."""
    return render_to_string(HERE + "details.html", {"summary": summary, "open": open, "content": content})


@register.inclusion_tag(HERE + "figure.html")
def figure(chart: Any) -> dict[str, Any]:
    """`{% figure chart %}`: a chart of `ui.charts.bars` with its table below it, to be opened."""
    return {"chart": chart}
