"""The examples on the page /ui/: each is a piece of a template, shown as it is written and as it is rendered. All invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Example:
    """One component: its title, when to take it, and the piece of template that shows it."""

    title: str
    words: str
    code: str

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return "".join(sign if sign.isalnum() else "-" for sign in self.title.lower())


GROUPS: tuple[tuple[str, tuple[Example, ...]], ...] = (
    (
        "Acting",
        (
            Example(
                title="Button",
                words="One primary button a page: the act that the page is for. Red for what cannot be taken back.",
                code='<div class="actions">{% button "Send the notices" %} {% button "Keep as draft" kind="outline" %} '
                '{% button "Withdraw the decision" kind="danger" %} {% button "Show all" small=True %} '
                '{% button "Sign out" kind="plain" %}</div>',
            ),
            Example(
                title="Link button",
                words="A link that leads to an act. It changes nothing by itself.",
                code='{% link_button "Enter an application" "#link-button" kind="outline" %}',
            ),
            Example(
                title="Confirmation",
                words="A page, not a dialog, before what cannot be taken back. Whole pages extend ui/confirm.html.",
                code='{% include "ui/components/confirmation.html" %}',
            ),
        ),
    ),
    (
        "Forms",
        (
            Example(
                title="Field",
                words="Label, hint, error, required mark. Any field of a Django form; {{ form }} gives all of them the same way.",
                code='<form method="post" novalidate>{% csrf_token %}\n'
                '<p class="required-note">Fields with <abbr class="required" title="required">*</abbr> are required.</p>\n'
                "{% for one in form %}{% field one %}{% endfor %}\n</form>",
            ),
            Example(
                title="Error summary",
                words="Above a form that came back: each line leads to its field. Formsets may be given as well.",
                code="{% error_summary wrong %}\n"
                '<form method="post" novalidate>{% field wrong.received_on %}{% field wrong.means %}</form>',
            ),
            Example(
                title="Rows of a formset",
                words="Each row is a fieldset with its number.",
                code="{{ rows }}",
            ),
            Example(
                title="Filter form",
                words="A GET form above a list. The address is the whole state, so that a list can be kept and sent.",
                code='{% filter_form filters clear="?" %}',
            ),
        ),
    ),
    (
        "Saying how it stands",
        (
            Example(
                title="Alert",
                words="Info, success, warning, error. One a page where possible.",
                code='{% alert "info" "The office is closed on Monday" level=4 %}<p>Last days move.</p>{% endalert %}\n'
                '{% alert "success" %}The notices were sent.{% endalert %}\n'
                '{% alert "warning" "Two papers are missing" level=4 %}<p>Their sender was told.</p>{% endalert %}\n'
                '{% alert "error" "The file cannot be read" level=4 %}<p>It is empty. Send it again.</p>{% endalert %}',
            ),
            Example(
                title="Messages",
                words="What the last act says on the next page: Django's messages. The base templates show them.",
                code='{% include "ui/components/messages.html" %}',
            ),
            Example(
                title="Refusal",
                words="An act that was not done: what, why with the citation, what to do next.",
                code="{% refusal refused level=4 %}",
            ),
            Example(
                title="Unverified",
                words="Stands wherever a value of the law is shown that nobody has verified. Nothing where there is no caution.",
                code="{% unverified caution %}",
            ),
            Example(
                title="State",
                words="A word and a shape for cases and items.",
                code='{% state_tag "RECEIVED" "application received" %} {% state_tag "IN_REVIEW" "in review" %} '
                '{% state_tag "RECORDS_OPEN" "waiting for records" %} {% state_tag "RECORDS_OVERDUE" "records overdue" %} '
                '{% state_tag "ISSUED" "determination issued" %} {% state_tag "WITHDRAWN" "withdrawn" %}',
            ),
            Example(
                title="Deadline",
                words="A legal date as a person says it: late, today, soon, later, done, or left open by the law.",
                code='{% deadline_badge "2015-02-23" %} {% deadline_badge "2015-02-26" %} {% deadline_badge "2015-03-02" %} '
                '{% deadline_badge "2015-03-16" %} {% deadline_badge "2015-03-16" met="2015-03-18" %} {% deadline_badge None %}',
            ),
            Example(
                title="Empty state",
                words="Where nothing is: why, and what one can do.",
                code='{% empty_state "No case waits for you" %}<p>Cases come here when their records are complete. '
                '<a href="#empty-state">See all open cases</a></p>{% endempty_state %}',
            ),
            Example(
                title="Progress",
                words="How much of something countable is done.",
                code='{% progress 3 7 "Documents indexed" %}',
            ),
        ),
    ),
    (
        "The case and the law",
        (
            Example(
                title="Stepper",
                words="Where a case stands. Read aloud, each step says whether it is done.",
                code="{% stepper steps %}",
            ),
            Example(
                title="Time line",
                words="What happened and what is due, each legal date with its reasons on demand.",
                code="{% timeline entries %}",
            ),
            Example(
                title="Reasons",
                words="How a date was computed, to be opened: arithmetic, citation, confidence.",
                code='{% reasons deadline "How the last day of the review is computed" %}',
            ),
            Example(
                title="Law box",
                words="Beside the form of an act: what the law says about it.",
                code="{% law_box law.title law.citation law.confidence level=4 %}\n"
                '{% law_box doubt.words doubt.citation doubt.confidence doubt.caution title="What nobody has verified" level=4 %}',
            ),
        ),
    ),
    (
        "Showing many things",
        (
            Example(
                title="Data table",
                words="A caption, a heading for each row, sorting by link. On a narrow screen each row becomes a card.",
                code="{% data_table table %}",
            ),
            Example(
                title="Sort header",
                words="For tables written by hand: the classes table and stacks, and a data-label on each cell.",
                code='<table class="table stacks"><caption>Written by hand</caption><thead><tr>'
                '{% sort_header "Case" "case" "case" %}<th scope="col">State</th></tr></thead>'
                '<tbody><tr><th scope="row" data-label="Case">EH15-0000001</th>'
                '<td data-label="State">{% state_tag "IN_REVIEW" "in review" %}</td></tr></tbody></table>',
            ),
            Example(
                title="Pagination",
                words="Keeps the rest of the query.",
                code='{% pagination page "case" %} <p><a href="{% address page=1 %}">Back to the first page</a></p>',
            ),
            Example(title="Tabs", words="Links to the parts of a thing. Each has an address.", code="{% tabs tabs %}"),
            Example(title="Breadcrumb", words="Where one is, on pages below another.", code="{% breadcrumb trail %}"),
            Example(
                title="Summary list",
                words="Terms and what they are. Empty ones are left out.",
                code="{% summary_list facts ruled=True %}",
            ),
            Example(
                title="File list", words="Papers of a case, with kind, size and day.", code="{% file_list files %}"
            ),
            Example(
                title="Details",
                words="What few need, to be opened. The browser does it; no script.",
                code='{% details "Earlier addresses" %}<p>12 Sample Street, Stockton, until Jan 5, 2015.</p>{% enddetails %}',
            ),
        ),
    ),
    (
        "Figures",
        (
            Example(
                title="Key figure",
                words="One number that one looks at first. What needs attention says so in a shape.",
                code='<ul class="tiles">{% key_figure "Open cases" 1284 note="12 more than last week" url="#key-figure" %}'
                '{% key_figure "Late" 6 note="oldest: 9 days" attention=True %}{% key_figure "Issued this week" 31 %}</ul>',
            ),
            Example(
                title="Bar chart",
                words="Drawn by the server, with its numbers as a table.",
                code="{% figure lying %}\n{% figure standing %}",
            ),
            Example(
                title="Icon",
                words="A shape of the sprite. With a title it is read, without one it is decoration.",
                code='{% icon "warning" "Warning" %} {% icon "schedule" %} {% icon "mail" %} {% icon "lock" %} '
                '{% icon "print" %} {% icon "attach_file" %} {% icon "history" %} {% icon "search" %}',
            ),
            Example(
                title="Days and times",
                words="Filters for days, instants (Pacific time) and counts.",
                code="<p>{{ today|day }}; {{ today|short_day }}; {{ today|time_tag }}; {{ instant|moment }}; "
                '{{ 1|words:"paper" }}; {{ 1200|words:"entry,entries" }}; {{ deadline.confidence|confidence_words }}</p>',
            ),
        ),
    ),
)
