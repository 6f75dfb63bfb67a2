"""Notices: assignment, ineligibility, questions, missing records, more time, termination, what was decided. The office
fills a `Notice`; the texts give it words, in English or in another language.

    document = compose_notice(read_texts("ca_dwc"), notice)

What a kind of notice says, in which order and to whom, is data (`programmes/<programme>/texts`); here is only how
the parts are put together. A notice that lacks something its kind cannot do without is refused, and the refusal names
all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from string import Formatter

from evenhand.law.facts import Means, PartyRole
from evenhand.typesetting.document import (
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    FinePrint,
    Heading,
    NumberedList,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Table,
    Text,
    Title,
    Tone,
)
from evenhand.typesetting.parties import (
    Organisation,
    Recipient,
    Service,
    address_block,
    letterhead,
    running_line,
)
from evenhand.typesetting.texts import NoticeForm, NoticePart, PartKind, TextMissing, Texts


class NoticeKind(StrEnum):
    """The notices that the process knows."""

    ASSIGNMENT = "assignment"
    INELIGIBILITY = "ineligibility"
    INFORMATION_REQUEST = "information_request"
    RECORDS_DEFICIENCY = "records_deficiency"
    ADDITIONAL_INFORMATION_REQUEST = "additional_information_request"
    EXTENSION = "extension"
    TERMINATION = "termination"
    DETERMINATION_SUMMARY = "determination_summary"
    SERVED_AGAIN = "served_again"


@dataclass(frozen=True, kw_only=True)
class NoticeItem:
    """One disputed item: its status in words, the reasons, and what can be done about it."""

    number: int
    text: str
    status: str = ""
    reasons: tuple[str, ...] = ()
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class DateLine:
    """A date that matters, where it comes from, and what to be careful about. `day` absent: not known, and `caution`
    says why."""

    label: str
    day: date | None
    citation: str
    caution: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice to one addressee.

    `values` fills names in braces in the texts; `organisation`, `case_number`, `phone` and `dated` are there already.
    By kind: assignment needs `documents_due`, records_deficiency that or `documents_were_due`, the two requests
    `answer_due`, ineligibility and determination_summary `appeal_due`, extension `determination_due`; with
    `penalty_a_day` and `penalty_most` the penalty is stated too. Dates among them are given as `Texts.day` writes
    them. `items`, `documents_owed`, `question` and `reason` are words of the file or of the law, in their own
    language.
    """

    kind: NoticeKind
    organisation: Organisation
    addressee: Recipient
    case_number: str
    dated: date
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[NoticeItem, ...] = ()
    dates: tuple[DateLine, ...] = ()
    documents_owed: tuple[str, ...] = ()
    question: str = ""
    reason: str = ""
    enclosures: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    unverified: tuple[str, ...] = ()
    service: Service | None = None

    @property
    def means(self) -> Means:
        """How the notice goes to its addressee."""
        return self.addressee.means


class NoticeRefused(ValueError):
    """A notice that must not go out as it is. `reasons` has one sentence for each thing to mend."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


def compose_notice(texts: Texts, notice: Notice) -> Document:
    """The notice as a document, proof of service at the end. Raises NoticeRefused."""
    form = texts.notices.get(notice.kind.value)
    if form is None:
        raise NoticeRefused(
            (f"the texts ({texts.language}) have no notice {notice.kind.value!r}; add it under `notices:`",)
        )
    if reasons := tuple(_refusals(texts, form, notice)):
        raise NoticeRefused(reasons)
    parts = [part for part in form.parts if _stands(texts, part, notice)]
    blocks = (
        *_head(texts, form, notice),
        *_translation_note(texts),
        *(block for part in parts for block in _part(texts, part, notice)),
        Signature(
            closing=texts.word("signature.closing"),
            title=texts.word("notice.signatory"),
            organisation=notice.organisation.name,
        ),
        FinePrint(text=texts.word("notice.questions").format_map(_values(texts, notice))),
        *_sources(texts, form, parts, notice),
        *(proof_of_service(texts, notice.service) if notice.service else ()),
    )
    return Document(
        title=f"{form.title}, {texts.word('page.case_number').lower()} {notice.case_number}",
        author=notice.organisation.name,
        running=running_line(notice.organisation, notice.case_number, texts.word("page.case_number")),
        language=texts.language,
        page_number=texts.word("page.number"),
        banner=_told(texts, texts.unreviewed.banner if texts.unreviewed else {}),
        blocks=blocks,
    )


def proof_of_service(texts: Texts, service: Service) -> tuple[Block, ...]:
    """The declaration that a paper was served: who declares, on what day, on whom, by what means."""
    served_on = texts.day(service.served_on)
    declaration = texts.say(
        "proof_of_service", service.served_on, {"served_from": ", ".join(service.served_from), "served_on": served_on}
    )
    header = tuple(texts.word(f"service.{column}") for column in ("to", "address", "means"))
    rows = tuple(
        ((Run(r.name, strong=True), Run(f" ({texts.role(r.role)})")), ", ".join(r.lines), texts.means[r.means.value])
        for r in service.recipients
    )
    return (
        PageBreak(),
        Heading(text=texts.word("service.heading")),
        Paragraph(text=declaration),
        Table(header=header, rows=rows, caption=texts.word("service.caption"), widths=(4, 5, 3), show_caption=False),
        Facts(rows=((texts.word("service.date"), served_on), (texts.word("service.signature"), "_" * 36))),
        Signature(closing="", name=service.declarant, title=service.declarant_title, organisation=""),
    )


def served_note(texts: Texts, day: date, means: Means) -> str:
    """When and how a paper went out, as it stands above the address."""
    return texts.word("served").format(day=texts.day(day), means=texts.means[means.value])


def _refusals(texts: Texts, form: NoticeForm, notice: Notice) -> Iterator[str]:
    if notice.addressee.role == PartyRole.EMPLOYER.value:
        yield (
            "a notice about treatment does not go to the employer itself, since it carries medical information; "
            "address it to the claims administrator, who acts for the employer"
        )
    for name in form.requires:
        if not getattr(notice, name):
            yield f"the notice {notice.kind.value!r} needs {name} ({form.citation}); give at least one"
    for part in form.parts:
        if part.optional or not _addressed(part, notice):
            continue
        try:
            missing = sorted(_needs(texts, part, notice) - set(_values(texts, notice)))
        except TextMissing as error:
            yield str(error)
            continue
        if missing:
            yield f"the notice {notice.kind.value!r} needs a value for {', '.join(missing)}"


def _stands(texts: Texts, part: NoticePart, notice: Notice) -> bool:
    """Whether the part stands in this notice. Parts made of facts stand where there are any."""
    if not _addressed(part, notice):
        return False
    if part.optional and _needs(texts, part, notice) - set(_values(texts, notice)):
        return False
    content: dict[PartKind, object] = {
        PartKind.FACTS: notice.facts,
        PartKind.ITEMS: notice.items,
        PartKind.DATES: notice.dates,
        PartKind.DOCUMENTS: notice.documents_owed,
        PartKind.QUESTION: notice.question,
        PartKind.REASON: notice.reason,
        PartKind.ENCLOSURES: notice.enclosures,
    }
    return bool(content.get(part.part, True))


def _addressed(part: NoticePart, notice: Notice) -> bool:
    """Whether the part is meant for this addressee and this case."""
    if part.when and part.when not in notice.values:
        return False
    return not part.roles or notice.addressee.role in part.roles


def _needs(texts: Texts, part: NoticePart, notice: Notice) -> set[str]:
    names = {name for _, name, _, _ in Formatter().parse(part.heading) if name}
    return names | (texts.needs(part.passage, notice.dated) if part.passage else set())


def _values(texts: Texts, notice: Notice) -> dict[str, str]:
    return {
        "organisation": notice.organisation.name,
        "phone": notice.organisation.phone,
        "case_number": notice.case_number,
        "dated": texts.day(notice.dated),
        **notice.values,
    }


def _head(texts: Texts, form: NoticeForm, notice: Notice) -> Iterator[Block]:
    yield letterhead(notice.organisation)
    yield address_block(notice.addressee, served_note(texts, notice.dated, notice.means))
    yield Title(text=form.title, overline=texts.word("letter.overline"))
    yield Facts(
        rows=((texts.word("notice.to_case"), notice.case_number), (texts.word("notice.dated"), texts.day(notice.dated)))
    )


def _part(texts: Texts, part: NoticePart, notice: Notice) -> Iterator[Block]:
    values = _values(texts, notice)
    heading = part.heading.format_map(values)
    passage = texts.say(part.passage, notice.dated, values) if part.passage else ""
    if part.part is PartKind.CALLOUT:
        yield Callout(tone=part.tone, title=heading, text=passage)
        return
    if heading:
        yield Heading(text=heading)
    if passage:
        yield Paragraph(text=passage)
    match part.part:
        case PartKind.FACTS:
            yield Facts(rows=notice.facts)
        case PartKind.ITEMS:
            yield _items(texts, notice)
        case PartKind.DATES:
            yield _dates(texts, notice)
        case PartKind.DOCUMENTS:
            yield NumberedList(entries=tuple(_as_is(texts, entry) for entry in notice.documents_owed))
        case PartKind.QUESTION:
            yield Paragraph(text=_as_is(texts, notice.question))
        case PartKind.REASON:
            yield Paragraph(text=_as_is(texts, notice.reason))
        case PartKind.ENCLOSURES:
            yield BulletList(entries=notice.enclosures)


def _items(texts: Texts, notice: Notice) -> Table:
    with_status = any(item.status or item.reasons or item.remedy for item in notice.items)
    columns = ("number", "item", "status") if with_status else ("number", "item")
    rows: list[tuple[Text, ...]] = []
    for item in notice.items:
        row: tuple[Text, ...] = (f"{item.number}.", _as_is(texts, item.text))
        rows.append((*row, _status(texts, item)) if with_status else row)
    return Table(
        header=tuple(texts.word(f"items.{column}") for column in columns),
        rows=tuple(rows),
        caption=texts.word("items.caption"),
        widths=(0, 4, 5) if with_status else (0, 1),
        show_caption=False,
    )


def _status(texts: Texts, item: NoticeItem) -> tuple[Run, ...]:
    status = f"{item.status}." if item.status and not item.status.endswith(".") else item.status
    rest = Run(" ".join(part for part in (*item.reasons, item.remedy) if part), language=texts.original)
    return (Run(f"{status} ", strong=True), rest) if status else (rest,)


def _as_is(texts: Texts, words: str) -> Text:
    """Words of the file or the law, marked as being in their own language where the paper is in another."""
    return (Run(words, language=texts.original),) if texts.original else words


def _told(texts: Texts, words: Mapping[str, str]) -> tuple[Run, ...]:
    """The same said in several languages, each marked as what it is."""
    said = [Run(text.strip(), language="" if name == texts.language else name) for name, text in words.items()]
    return tuple(run for one in said for run in (one, Run(" ")))[:-1]


def _translation_note(texts: Texts) -> Iterator[Block]:
    """That nobody has reviewed the translation, and which text counts."""
    if texts.unreviewed:
        yield Callout(tone=Tone.CAUTION, title=texts.unreviewed.title, text=_told(texts, texts.unreviewed.note))


def _dates(texts: Texts, notice: Notice) -> Table:
    rows = tuple(
        (
            (
                Run(line.label),
                Run(f" {line.caution}" if line.caution else "", emphasis=True, language=texts.original),
            ),
            (Run(texts.day(line.day) if line.day else texts.word("dates.unknown"), strong=True),),
            line.citation,
        )
        for line in notice.dates
    )
    return Table(
        header=tuple(texts.word(f"dates.{column}") for column in ("what", "due", "source")),
        rows=rows,
        caption=texts.word("dates.caption"),
        widths=(5, 3, 3),
        show_caption=False,
    )


def _sources(texts: Texts, form: NoticeForm, parts: list[NoticePart], notice: Notice) -> Iterator[Block]:
    """Where the notice's content comes from, and what of it nobody verified."""
    keys = [part.passage for part in parts if part.passage] + (["proof_of_service"] if notice.service else [])
    cited = dict.fromkeys((form.citation, *(texts.wording(key, notice.dated).citation for key in keys)))
    yield FinePrint(text=(Run(f"{texts.word('sources.heading')}: ", strong=True), Run("; ".join(cited) + ".")))
    unverified = dict.fromkeys((*notice.unverified, *texts.unverified(keys, notice.dated)))
    if unverified:
        yield FinePrint(
            text=(
                Run(f"{texts.word('unverified.heading')}. ", strong=True),
                Run(f"{texts.say('unverified_intro', notice.dated)} {'; '.join(unverified)}."),
            )
        )
