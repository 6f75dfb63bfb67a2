"""The documents say what is so: links lead somewhere, commands parse, messages and the proof's example are the real ones."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from evenhand.bundles import read_bundle
from evenhand.cli.main import cli
from evenhand.law import load_folder
from evenhand.programmes import __path__ as programmes
from evenhand.reading import BadFile
from tests.conftest import EXAMPLES, REPOSITORY

DOCUMENTS = sorted(
    path
    for pattern in ("docs/*.md", "docs/decisions/*.md", "examples/*/README.md", "*.md")
    for path in REPOSITORY.glob(pattern)
)
NAMES = [str(path.relative_to(REPOSITORY)) for path in DOCUMENTS]
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)

LINK = re.compile(r"\[[^\]]*\]\((?P<to>[^)\s]+)\)")
INLINE = re.compile(r"`(?P<line>(?:\.venv/bin/)?evenhand\s[^`]+)`")
SHOWN = re.compile(r"^(?:\$ )?(?P<line>(?:\.venv/bin/)?evenhand\s.+)$")
HEADING = re.compile(r"^#+\s+(?P<words>.+)$", re.MULTILINE)
REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


def blocks(text: str) -> list[str]:
    """The lines of code blocks, indented or fenced, without their indent."""
    lines, fenced = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            lines.append(line.strip())
    return lines


def anchors(text: str) -> set[str]:
    """What a link may name behind `#`, as the usual hosts make it of the headings."""
    words = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", match["words"]) for match in HEADING.finditer(text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in words}


def alternatives(line: str) -> list[str]:
    """`evenhand corpus import|search` names two commands."""
    several = re.search(r"(?<=\s)[\w-]+(?:\|[\w-]+)+", line)
    return [line.replace(several.group(), one) for one in several.group().split("|")] if several else [line]


def found(line: str) -> tuple[click.Command, list[str], list[str]]:
    """The sub-command that a line of the shell calls, its names, and what is left of the line."""
    words = shlex.split(re.split(r"\s[>|#]|\s{3,}|…", line)[0])[1:]
    command: click.Command = cli
    names: list[str] = []
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        inner = command.get_command(click.Context(command), words[0])
        assert inner is not None, f"`{line}`: there is no command {' '.join([*names, words[0]])}"
        names.append(words.pop(0))
        command = inner
    return command, names, words


@every_document
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    """A link to a file points to one that exists, and what it names behind # is a heading there."""
    for match in LINK.finditer(document.read_text(encoding="utf-8")):
        address, _, heading = match["to"].partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        target = (document.parent / address).resolve() if address else document
        assert target.exists(), f"{match['to']} does not exist"
        assert target.is_relative_to(REPOSITORY), f"{match['to']} lies outside the repository"
        if heading:
            assert heading in anchors(target.read_text(encoding="utf-8")), f"{match['to']}: no such heading"


@every_document
def test_every_command_that_is_mentioned_exists(document: Path) -> None:
    """A sub-command named in a document answers to --help."""
    text = document.read_text(encoding="utf-8")
    lines = [match["line"] for match in INLINE.finditer(text)]
    lines += [match["line"] for line in blocks(text) if (match := SHOWN.match(line))]
    for line in (one for shown in lines for one in alternatives(shown)):
        _, names, _ = found(line)
        result = CliRunner().invoke(cli, [*names, "--help"])
        assert result.exit_code == 0, f"`{line}`: {result.output}"


@every_document
def test_every_command_line_that_is_shown_parses(document: Path) -> None:
    """A whole command line in a block is accepted with its arguments and options; nothing is run."""
    for line in blocks(document.read_text(encoding="utf-8")):
        if not (match := SHOWN.match(line)):
            continue
        command, names, words = found(match["line"])
        if isinstance(command, click.Group):
            continue
        try:
            command.make_context(names[-1], words)
        except click.exceptions.Exit as ended:
            assert ended.exit_code == 0, line
        except click.UsageError as wrong:
            pytest.fail(f"`{line}`: {wrong.format_message()}")


@pytest.mark.parametrize(
    "document", [d for d in DOCUMENTS if "examples" not in d.parts], ids=lambda d: str(d.relative_to(REPOSITORY))
)
def test_every_source_file_that_is_named_exists(document: Path) -> None:
    """A path of our own code or data in backquotes is there, from the root or from the package."""
    for path in re.findall(r"`((?:[\w.-]+/)+[\w-]+\.(?:py|yaml|typ))`", document.read_text(encoding="utf-8")):
        if not path.startswith(("my-", "out/", "var/")):
            places = [REPOSITORY / path, REPOSITORY / "src/evenhand" / path]
            assert any(place.exists() for place in places), f"{path} is nowhere"


@every_document
def test_no_document_names_a_place_of_the_authors_machines(document: Path) -> None:
    """Paths in documents are relative, or places that every machine has."""
    strange = re.findall(r"(?<![\w.:/])/(?:work|home|root|Users|opt)/\S*", document.read_text(encoding="utf-8"))
    assert not strange


def test_every_dependency_has_its_reason_and_every_reason_its_dependency() -> None:
    """The packages of pyproject.toml, and the pip that lies in tools/, are exactly those of decision 0012."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in (*project["project"]["optional-dependencies"].values(), *project["dependency-groups"].values()):
        wanted += group
    names = {match.group().lower() for entry in wanted if (match := REQUIREMENT.match(entry))}
    vendored = {path.name.split("-")[1] for path in (REPOSITORY / "tools").glob("pip-*.whl")}
    text = (REPOSITORY / "docs/decisions/0012-dependencies.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    reasons = {cells[0]: cells for cells in rows if cells[0] != "package" and set(cells[0]) != {"-"}}
    pips = {name.split()[1].rstrip(",") for name in reasons if name.startswith("pip ")}
    assert {name for name in reasons if not name.startswith("pip ")} == names
    assert pips == vendored
    assert all(len(cells) == 3 and all(cells) for cells in reasons.values())


def test_every_variable_of_the_configuration_is_explained() -> None:
    """What the office reads from the environment stands in the document on operations, and nothing else does."""
    source = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "src").rglob("*.py"))
    read = set(re.findall(r"EVENHAND_[A-Z_]+", source))
    told = set(re.findall(r"EVENHAND_[A-Z_]+", (REPOSITORY / "docs/operations.md").read_text(encoding="utf-8")))
    assert told == read


def test_every_decision_is_dated_and_listed() -> None:
    """Each decision has a date, a state and what would change it, its number is its place, and the index lists it."""
    listed = (REPOSITORY / "docs/index.md").read_text(encoding="utf-8")
    files = sorted((REPOSITORY / "docs/decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]}. ")
        assert re.search(r"^Date: \d{4}-\d{2}-\d{2}\. State: \w+", text, re.MULTILINE)
        assert "## What would change it" in text
        assert f"decisions/{path.name}" in listed


SLIPS = [
    ("case.yaml", 'zip: "95206"', "zip: 95206"),
    ("case.yaml", "state: CA, zip", "state: no, zip"),
    ("case.yaml", "date_of_birth: 1973-03-02", "date_of_birth: 02.03.1973"),
    ("case.yaml", "    means: fax", "    means: telefax"),
    ("case.yaml", "outcome: denied", "outcom: denied"),
    ("case.yaml", "name: Signe Lindqvist", "name: Signe: Lindqvist"),
    ("case.yaml", "title:", "title: x\ntitle:"),
    ("course.yaml", "application_entered_on: 2015-01-16", "application_entered_on: 2015-02-10"),
    ("records.yaml", "records/xray-cervical-2014-12-09.pdf", "records/missing.pdf"),
]


@pytest.mark.parametrize(("file", "old", "new"), SLIPS, ids=[new for _, _, new in SLIPS])
def test_the_messages_about_bundles_are_the_real_ones(tmp_path: Path, file: str, old: str, new: str) -> None:
    """A slip in a bundle gives a message that docs/bundle.md shows, line number and all."""
    bundle = tmp_path / "bundle"
    shutil.copytree(EXAMPLES / "neck-cold-therapy", bundle)
    text = (bundle / file).read_text(encoding="utf-8")
    assert old in text
    (bundle / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        read_bundle(bundle)
    told = (REPOSITORY / "docs/bundle.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^\| `([^`]+)` \|", told, re.MULTILINE))
    real = {
        str(fault).replace("records/missing.pdf", "records/xray-cervical-2014-12-09.pdf")
        for fault in refused.value.faults
    }
    assert real & shown, f"docs/bundle.md shows none of: {sorted(real)}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      - valid_from: 2026-04-01", "      - valid_from: 2013-01-01"),
        ("source: [S58]", "source: [S999]"),
        ("        citation: Lab. Code 4610(i)(1), formerly", "        remark: Lab. Code 4610(i)(1), formerly"),
        ("confidence: secondary", "confidence: sure"),
    ],
)
def test_the_messages_about_the_law_are_the_real_ones(tmp_path: Path, old: str, new: str) -> None:
    """A slip in the law pack gives a message that docs/law.md shows."""
    law = tmp_path / "law"
    shutil.copytree(Path(programmes[0]) / "ca_dwc" / "law", law)
    text = (law / "filing.yaml").read_text(encoding="utf-8")
    assert old in text
    (law / "filing.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        load_folder(law)
    told = blocks((REPOSITORY / "docs/law.md").read_text(encoding="utf-8"))
    assert {str(fault) for fault in refused.value.faults} & set(told)


def test_the_deadline_that_is_shown_is_the_computed_one() -> None:
    """docs/law.md prints what `law due application` prints, line by line."""
    result = CliRunner().invoke(cli, ["law", "due", "application", "--from", "2014-12-23", "--service", "mail"])
    told = blocks((REPOSITORY / "docs/law.md").read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert [line.strip() for line in result.output.splitlines() if line.strip() not in told] == []


@pytest.mark.slow
def test_the_proof_is_checked_by_the_ten_lines_that_are_shown(tmp_path: Path) -> None:
    """The example of docs/proof.md holds for a real proof, with the office's key, and fails for an altered one or another key."""
    text = (REPOSITORY / "docs/proof.md").read_text(encoding="utf-8")
    shown = re.search(r"^    import base64.*?holds\"\)$", text, re.MULTILINE | re.DOTALL)
    assert shown
    script = tmp_path / "verify_proof.py"
    script.write_text("\n".join(line[4:] for line in shown.group().splitlines()), encoding="utf-8")
    out, database = tmp_path / "out", tmp_path / "home" / "office.sqlite3"
    evenhand = [sys.executable, "-m", "evenhand.cli.main"]
    signing = tmp_path / "signing.pem"
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "EVENHAND_SIGNING_KEY": str(signing)}
    run = [*evenhand, "run", str(EXAMPLES / "neck-cold-therapy"), "--out", str(out), "--database", str(database)]
    subprocess.run(run, check=True, capture_output=True, env=environment)
    key = _public_key(signing)

    def check(proof: Path, by: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, str(script), str(proof), by], capture_output=True, text=True)

    assert re.fullmatch(r"\d+ events, [1-9]\d* checkpoints, \d+ papers: holds\n", check(out / "proof.json", key).stdout)
    (out / "altered.json").write_text((out / "proof.json").read_text("utf-8").replace("fax", "mail", 1), "utf-8")
    assert "AssertionError" in check(out / "altered.json", key).stderr
    other = "A" * 43 + "="
    assert check(out / "proof.json", other).returncode != 0


def _public_key(pem: Path) -> str:
    import base64

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    public = load_pem_private_key(pem.read_bytes(), password=None).public_key()
    return base64.b64encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def test_the_page_of_permissions_is_what_the_office_asks() -> None:
    """docs/permissions.md is made from the tables; `make permissions` makes it anew."""
    from evenhand.office.people.tables import page

    assert (REPOSITORY / "docs/permissions.md").read_text(encoding="utf-8") == page()
