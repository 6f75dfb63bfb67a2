"""`evenhand letters verify`, and the signature of `letters write`: what is said, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.letters.test_write import FILE

from evenhand.cli.letters import command
from evenhand.reading import BadFile
from evenhand.typesetting.check import check_pdf


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home, in which a letter was written and signed by the command."""
    folder = tmp_path_factory.mktemp("signed")
    assert run(folder, "write", str(FILE), "--out", str(folder)).exit_code == 0
    return folder


def run(home: Path, *words: str, certificate: str | None = None) -> Result:
    """`evenhand letters WORDS` with keys in the home."""
    env = {"EVENHAND_HOME": str(home / "home"), "EVENHAND_LETTER_CERTIFICATE": certificate}
    return CliRunner().invoke(command, words, env=env)


def test_what_the_command_wrote_verifies(written: Path) -> None:
    """A written letter is signed, valid, accessible, and signed in the name on its letterhead."""
    pdf = written / "letter.pdf"
    told = json.loads(run(written, "verify", str(pdf), "--json").stdout)
    assert (told["state"], told["organisation"], told["test"]) == ("valid", "Evenhand Medical Review", True)
    assert run(written, "verify", str(pdf)).exit_code == 0
    assert check_pdf(pdf.read_bytes(), author="Evenhand Medical Review") == ()


def test_the_certificate_is_compared_where_one_is_given(written: Path, tmp_path: Path) -> None:
    """With the office's own certificate it is as expected; with another in the same name it is not."""
    pdf = str(written / "letter.pdf")
    (ours,) = (written / "home" / "keys").glob("letters-*.crt")
    assert "as expected" in run(written, "verify", pdf, "--certificate", str(ours)).output
    run(tmp_path, "write", str(FILE), "--out", str(tmp_path))
    (theirs,) = (tmp_path / "home" / "keys").glob("letters-*.crt")
    for result in (
        run(written, "verify", pdf, "--certificate", str(theirs)),
        run(written, "verify", pdf, certificate=str(theirs)),
    ):
        assert result.exit_code == 1 and "other certificate" in result.output


def test_changed_unsigned_and_unreadable_fail_with_their_word(written: Path, tmp_path: Path) -> None:
    """Exit code 1, and the word that says what is wrong."""
    pdf = (written / "letter.pdf").read_bytes()
    run(tmp_path, "write", str(FILE), "--out", str(tmp_path), "--unsigned")
    files = {
        "changed": pdf.replace(b"/S/H2", b"/S/H3", 1) if b"/S/H2" in pdf else pdf[:3000] + b"x" + pdf[3001:],
        "unsigned": (tmp_path / "letter.pdf").read_bytes(),
        "unreadable": b"hello",
    }
    for word, content in files.items():
        (tmp_path / "file.pdf").write_bytes(content)
        result = run(tmp_path, "verify", str(tmp_path / "file.pdf"))
        assert result.exit_code == 1 and f": {word}: " in result.output


def test_missing_files_and_wrong_certificates_are_refused(written: Path, tmp_path: Path) -> None:
    """A file that is not there, and a certificate that is none: refused in words."""
    assert isinstance(run(tmp_path, "verify", str(tmp_path / "none.pdf")).exception, BadFile)
    wrong = run(tmp_path, "verify", str(written / "letter.pdf"), "--certificate", str(FILE))
    assert "no certificate in PEM" in str(wrong.exception)


def test_a_test_certificate_whose_key_is_gone_is_not_made_anew(written: Path, tmp_path: Path) -> None:
    """A new key under an old certificate would sign in a name that is not its own: refused, and the key named."""
    run(tmp_path, "write", str(FILE), "--out", str(tmp_path))
    (tmp_path / "home" / "keys" / "letters.pem").unlink()
    again = run(tmp_path, "write", str(FILE), "--out", str(tmp_path / "again"))
    assert "letters.pem" in str(again.exception) and not (tmp_path / "again").exists()


def test_another_organisations_certificate_signs_nothing(written: Path, tmp_path: Path) -> None:
    """A configured certificate in another name is refused before anything is written."""
    (tmp_path / "letter.json").write_text(FILE.read_text("utf-8").replace("Evenhand Medical Review", "Southfield"))
    (ours,) = (written / "home" / "keys").glob("letters-*.crt")
    result = run(written, "write", str(tmp_path / "letter.json"), "--out", str(tmp_path / "out"), certificate=str(ours))
    assert "'Southfield'" in str(result.exception) and not (tmp_path / "out").exists()
