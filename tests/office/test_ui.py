"""The design system: every component is on its page, forms and badges read as people expect, and what was built is what is shipped."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import Client, RequestFactory
from django.test.signals import template_rendered
from tests.conftest import REPOSITORY
from tests.office.invented import Outline
from tests.office.signed_in import client_of

from evenhand.office.people.roles import Role
from evenhand.office.ui import badges, dates
from evenhand.office.ui.charts import bars
from evenhand.office.ui.examples import GROUPS
from evenhand.office.ui.forms import Form
from evenhand.office.ui.templatetags.ui import register

OFFICE = REPOSITORY / "src/evenhand/office"
UI = OFFICE / "ui"
BUILT = UI / "static/ui"
COMPONENTS = sorted(path.stem for path in (UI / "templates/ui/components").glob("*.html"))
TEMPLATES = sorted(path for path in OFFICE.rglob("templates/**/*.html"))
LIGHT = 150_000


def rendered(piece: str, query: str = "", **context: object) -> str:
    """A piece of template with the components at hand."""
    request = RequestFactory().get(f"/somewhere/{query}")
    return str(engines["django"].from_string("{% load ui %}" + piece).render(context, request))


def called(path: Path) -> str:
    """A template's name for the list of tests."""
    return path.relative_to(OFFICE).as_posix()


@contextmanager
def templates_used() -> Iterator[set[str]]:
    """The names of the templates that are rendered inside the block."""
    names: set[str] = set()

    def note(sender: object, template: object, **_: object) -> None:
        names.add(str(getattr(template, "name", "")))

    template_rendered.connect(note)
    try:
        yield names
    finally:
        template_rendered.disconnect(note)


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_page_shows_every_component() -> None:
    """Each component on disk is rendered by the page /ui/; a new one without an example fails here."""
    with templates_used() as used:
        response = client_of("looker", Role.INTAKE).get("/ui/")
    assert response.status_code == 200
    assert len(COMPONENTS) > 25
    assert [name for name in COMPONENTS if f"ui/components/{name}.html" not in used] == []


def test_every_tag_and_filter_has_an_example() -> None:
    """What `{% load ui %}` gives is used by some example or by a component, and told in docs/design.md."""
    told = (REPOSITORY / "docs/design.md").read_text(encoding="utf-8")
    inner = {"widget", "widget_kind", "choice"}
    for name in set(register.tags) | set(register.filters) - inner:
        assert re.search(rf"\b{name}\b", told), f"docs/design.md does not tell of {name}"
    codes = "".join(example.code for _, group in GROUPS for example in group)
    parts = "".join(path.read_text(encoding="utf-8") for path in UI.rglob("templates/**/*.html"))
    assert [name for name in register.tags if f"{{% {name} " not in codes + parts and name != "messages_area"] == []


@pytest.mark.django_db
def test_page_is_well_made() -> None:
    """One h1, no heading skipped, no id twice, nothing styled inline, on the page that has everything."""
    page = client_of("looker", Role.CREDENTIALING).get("/ui/").content.decode()
    outline = Outline(page)
    levels = [int(tag[1]) for tag in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(outline.ids) == len(set(outline.ids))
    assert not outline.styled


@pytest.mark.django_db
def test_page_is_for_staff() -> None:
    """Nobody sees it without signing in, and a party not at all."""
    assert Client().get("/ui/").status_code == 302
    assert client_of("worker", Role.WORKER).get("/ui/").status_code == 403


# --- what is shipped --------------------------------------------------------------------------------------------------


def test_shipped_files_are_those_of_the_manifest() -> None:
    """Every file under static/ui/ has the SHA-256 that was recorded when it was built, and there is no other."""
    recorded = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))["files"]
    found = {
        path.relative_to(BUILT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in BUILT.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == recorded


def test_manifest_names_the_versions_of_the_source() -> None:
    """What was built was built with the versions that tools/uswds pins, exactly."""
    pinned = json.loads((REPOSITORY / "tools/uswds/package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))["built_with"] == pinned
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pinned.values())


def test_lock_of_the_build_names_no_registry() -> None:
    """The lock file pins by digest and names no address, so that it holds wherever packages come from."""
    lock = (REPOSITORY / "tools/uswds/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 5


def test_stylesheet_is_light_and_whole() -> None:
    """It weighs little, and every file that it names lies beside it; nothing comes from elsewhere."""
    css = (BUILT / "ui.css").read_text(encoding="utf-8")
    assert len(css.encode()) < LIGHT
    assert "http" not in css.replace("http://www.w3.org", "")
    assert "@import" not in css
    named = {name for name in re.findall(r"url\(\"?([^)\"]*)\"?\)", css) if name}
    assert [name for name in named if not (BUILT / name).is_file()] == []
    assert (BUILT / "USWDS-LICENSE.md").is_file()


@pytest.mark.slow
def test_stylesheet_is_what_the_source_builds() -> None:
    """Built anew, every file is the committed one byte for byte. Needs Node and the packages in tools/uswds."""
    if not (REPOSITORY / "tools/uswds/node_modules").is_dir():
        pytest.skip("the packages of tools/uswds are not here; `npm ci --ignore-scripts` there fetches them")
    built = subprocess.run(
        [sys.executable, "tools/uswds/build.py", "--check"], cwd=REPOSITORY, capture_output=True, text=True, timeout=180
    )
    assert built.returncode == 0, built.stdout + built.stderr


def test_every_shape_that_is_named_is_in_the_sprite() -> None:
    """Icons of templates, states and deadlines exist, and none is shipped that nobody names."""
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (BUILT / "icons.svg").read_text(encoding="utf-8")))
    sources = [*TEMPLATES, *OFFICE.rglob("*.py")]
    texts = "".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r'{% icon "([^"]+)"', texts)) | set(badges.SHAPES.values())
    assert named <= sprite
    assert {shape for shape in sprite if f'"{shape}"' not in texts} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=called)
def test_templates_need_no_exception_of_the_policy(path: Path) -> None:
    """No inline style, script or handler in any template of the office, and nothing from another host."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


# --- days, states, counts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("{{ d|day }}", "Mon, Mar 2, 2015"),
        ("{{ d|short_day }}", "Mar 2, 2015"),
        ("{{ d|long_day }}", "March 2, 2015"),
        ("{{ d|time_tag }}", '<time datetime="2015-03-02">Mon, Mar 2, 2015</time>'),
        ('{{ "2015-03-02"|day }}', "Mon, Mar 2, 2015"),
        ("{{ t|moment }}", "Mar 2, 2015, 2:05 p.m. PT"),
        ('{{ "2015-03-02T00:30:00-08:00"|moment }}', "Mar 2, 2015, 12:30 a.m. PT"),
        ("{{ d|moment }}", "Mar 2, 2015"),
        ("{{ none|day }}{{ none|moment }}{{ none|time_tag }}{{ ''|day }}", ""),
        ('{{ "soon"|day }}', ""),
        ('{{ 1|words:"paper" }}, {{ 2|words:"paper" }}', "1 paper, 2 papers"),
        ('{{ 1200|words:"entry,entries" }}', "1,200 entries"),
        ('{{ "read"|confidence_words }}', "read in the law itself"),
    ],
)
def test_days_and_counts_are_written_as_people_here_do(piece: str, expected: str) -> None:
    """Days with their weekday, times of day in Pacific time, counts in words; nothing for nothing."""
    instant = datetime(2015, 3, 2, 22, 5, tzinfo=UTC)
    assert rendered(piece, d=date(2015, 3, 2), t=instant, none=None) == expected


def test_day_of_an_instant_is_the_pacific_one() -> None:
    """Five in the morning in Greenwich is still the day before in California."""
    assert dates.day_of(datetime(2015, 3, 2, 5, 0, tzinfo=UTC)) == date(2015, 3, 1)


@pytest.mark.parametrize(
    ("due", "met", "look", "words"),
    [
        ("2015-02-23", None, "late", "3 days late, was due Mon, Feb 23, 2015"),
        ("2015-02-25", None, "late", "1 day late, was due Wed, Feb 25, 2015"),
        ("2015-02-26", None, "today", "due today"),
        ("2015-02-27", None, "soon", "tomorrow, Fri, Feb 27, 2015"),
        ("2015-03-02", None, "soon", "in 4 days, Mon, Mar 2, 2015"),
        ("2015-03-16", None, "later", "in 18 days, Mon, Mar 16, 2015"),
        ("2015-03-16", "2015-03-16", "met", "done Mon, Mar 16, 2015"),
        ("2015-03-16", "2015-03-18", "met", "done Wed, Mar 18, 2015, 2 days late"),
        (None, None, "unknown", "no date: the law leaves it open"),
    ],
)
def test_deadline_says_how_late_it_is(due: str | None, met: str | None, look: str, words: str) -> None:
    """A legal date is told in words from the day of the page, with a shape of its own."""
    badge = badges.deadline(due, today=date(2015, 2, 26), met=met)
    assert (badge.look, badge.words) == (look, words)
    page = rendered("{% deadline_badge due met=met today=today %}", due=due, met=met, today=date(2015, 2, 26))
    assert words in page
    assert f"#{badge.icon}" in page


def test_every_state_of_cases_and_items_has_a_look() -> None:
    """A state added to the table of transitions must be given a word and a shape here."""
    from evenhand.office.cases.states import CaseState, ItemState

    assert {*CaseState.values, *ItemState.values} <= set(badges.LOOKS)
    for state in CaseState:
        page = rendered("{% state_tag state %}", state=state)
        assert state.label[1:] in page
        assert 'href="/static/ui/icons.svg#' in page


# --- forms ------------------------------------------------------------------------------------------------------------


class Everything(Form):
    """A field of every kind."""

    day = forms.DateField(help_text="Stamped on the paper.")
    text = forms.CharField(max_length=5)
    kind = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")])
    way = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(choices=[("a", "First"), ("b", "Second")], widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(widget=forms.Textarea, required=False)
    scan = forms.FileField(required=False)
    sure = forms.BooleanField()
    at = forms.SplitDateTimeField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_form_and_field_tag_give_the_same() -> None:
    """`{{ form }}` is the fields one after another, each as `{% field %}` writes it."""
    whole = rendered("{{ form }}", form=Everything())
    for name in Everything.base_fields:
        assert rendered("{% field form." + name + " %}", form=Everything()).strip() in whole


@pytest.mark.parametrize("data", [None, {}])
def test_every_input_has_a_label_and_finds_its_hint_and_error(data: dict[str, str] | None) -> None:
    """What `for` and `aria-describedby` point to is there, for every kind of widget, with and without errors."""
    page = rendered("{{ form }}", form=Everything(data))
    ids = set(Outline(page).ids)
    assert set(re.findall(r'for="([^"]+)"', page)) <= ids
    for described in re.findall(r'aria-describedby="([^"]+)"', page):
        assert set(described.split()) <= ids
    labelled = set(re.findall(r'for="([^"]+)"', page))
    inputs = re.findall(r'<(?:input|select|textarea)(?![^>]*(?:type="hidden"|aria-label=))[^>]*\bid="([^"]+)"', page)
    assert set(inputs) <= labelled
    assert page.count("aria-label=") == 2
    assert ('aria-invalid="true"' in page) is (data is not None)
    assert 'aria-required="true"' in page
    assert not re.search(r"<(?:input|select|textarea)[^>]* required[ =>]", page)


def test_date_field_has_the_calendar_of_the_browser() -> None:
    """A date is asked with the browser's own input and keeps what was entered."""
    page = rendered("{% field form.day %}", form=Everything(initial={"day": date(2015, 3, 2)}))
    assert 'type="date"' in page
    assert 'value="2015-03-02"' in page


def test_summary_of_errors_leads_to_each_field() -> None:
    """Every line of the summary is a link to an input that is on the page; rows of a formset say their number."""
    rows = forms.formset_factory(Everything, extra=0)({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"})
    rows.forms[0].fields["day"].required = True
    page = rendered("{% error_summary form rows %}{{ form }}{{ rows }}", form=Everything({}), rows=rows)
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) >= 6
    assert set(links) <= set(Outline(page).ids)
    assert 'role="alert"' in page


def test_summary_of_errors_is_not_there_without_errors() -> None:
    """A fresh form shows no summary."""
    assert "summary-of-errors" not in rendered("{% error_summary form %}", form=Everything())


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x>'])
def test_nothing_that_was_typed_becomes_markup(words: str) -> None:
    """Values, errors, cells, titles and labels are text wherever components show them."""
    form = Everything({"text": words, "kind": words, "way": words})
    table = bars(words, [(words, 1)], what=words, of=words)
    piece = (
        "{% error_summary form %}{{ form }}{% figure chart %}{% alert 'info' w %}{{ w }}{% endalert %}{% button w name=w %}"
        "{% empty_state w %}{{ w }}{% endempty_state %}{% details w %}{{ w }}{% enddetails %}{% summary_list rows %}"
        "{% state_tag w w %}{% key_figure w w note=w %}{% law_box w w w w %}{% unverified w %}{% icon 'info' w %}"
    )
    page = rendered(piece, form=form, chart=table, w=words, rows=[(words, words)])
    assert words not in page


# --- lists ------------------------------------------------------------------------------------------------------------


def test_sorting_and_leafing_keep_the_rest_of_the_question() -> None:
    """A link to sort begins at the first page and keeps the filters; a link to the next page keeps filters and sorting."""
    piece = '{% sort_header "Due" "due" "due" %}{% pagination page "case" %}'
    page = rendered(piece, "?state=late&sort=due&page=2", page=Paginator(range(30), 10).page(2))
    assert 'href="?state=late&amp;sort=-due"' in page
    assert 'aria-sort="ascending"' in page
    assert 'rel="next" href="?state=late&amp;sort=due&amp;page=3"' in page
    assert "30 cases" in page


def test_chart_and_its_table_say_the_same() -> None:
    """Every number of a chart stands in its table and in its description; no inline style; nothing divides by zero."""
    chart = bars("Open cases", [("Week 1", 1200), ("Week 2", 0), ("Week 3", 2.5)], what="Cases", of="Age")
    page = rendered("{% figure chart %}", chart=chart)
    for number in ("1,200", "2.5"):
        assert page.count(number) == 3
    assert "style" not in chart.svg
    assert 'role="img"' in chart.svg
    for direction in ("horizontal", "vertical"):
        assert bars("Nothing", [("None", 0)], direction=direction).svg
        assert bars("Nothing", [], direction=direction).svg


def test_refusal_says_what_why_and_what_next() -> None:
    """The three parts of a refusal are each there; without a refusal nothing is."""
    from evenhand.office.refusals import Refused

    page = rendered("{% refusal r %}", r=Refused(what="not issued", why="not closed (the rule)", next="close it"))
    for words in ("Not done: not issued", "Not closed (the rule).", "Close it.", "Nothing was changed."):
        assert words in page
    assert rendered("{% refusal r %}{% unverified r %}{% reasons r %}", r=None).strip() == ""


def test_reasons_show_arithmetic_citation_and_confidence() -> None:
    """A deadline of the law engine is explained step by step, with its citation and how sure it is."""
    from evenhand.law import load_pack

    deadline = load_pack("ca_dwc").due("determination", date(2015, 2, 12)).as_json()
    page = rendered("{% reasons d %}", d=deadline)
    assert page.count("<li>") == len(deadline["steps"])
    assert deadline["citation"] in page
    assert "read in the law itself" in page


def test_no_figure_is_not_nought() -> None:
    """A bar without a value is a dash in the picture, in its description and in the table; a nought is a nought."""
    chart = bars("Days", [("Jan", None), ("Feb", 0)], direction="vertical")
    assert "Jan –" in chart.svg and "Feb 0" in chart.svg
    assert list(chart.table.rows) == [("Jan", "–"), ("Feb", "0")]
