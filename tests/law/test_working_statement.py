"""The working statement of the law: each of its vectors, each row of its example and each of its warnings is held.

Its section 12 lists what is most likely to be implemented wrongly, 13 is a worked example, 13.1 lists vectors. A line is held
by situations that name it (`lines: [LAW 12.4]`), or by a test elsewhere; what is left has its reason here.
"""

from collections import defaultdict

import pytest
from tests.conftest import REPOSITORY

from evenhand.law import load_pack
from evenhand.law.situations import folder_of, read_situations

WARNINGS = [f"LAW 12.{number}" for number in range(1, 30)]
ROWS = [f"LAW 13 row {row}" for row in [*range(1, 31), "7'", "16'"]]
VECTORS = [
    f"LAW 13.1 {vector}"
    for vector in (
        "application mail_ca 2013-12-24",
        "wcab_petition mail_ca 2014-11-06",
        "wcab_petition personal 2014-11-06",
        "application mail_ca 2014-12-23",
        "application mail_us 2014-12-23",
        "application_formulary mail_ca 2019-12-23",
        "records mailed",
        "records electronic",
        "business 2015-01-16",
        "business 2015-02-13",
        "determination 2015-02-13",
        "penalty 3",
        "penalty 10",
        "penalty 400",
    )
]

# What a law pack cannot show by itself, and the tests that do.
HELD_ELSEWHERE = {
    # The reviewer's identity is in no paper, its metadata included.
    "LAW 12.20": "tests/office/test_attacks_privacy.py::test_no_paper_names_the_reviewer",
    # The employer, who is not the claims administrator, is shown nothing.
    "LAW 12.21": "tests/office/test_party_pages.py::test_an_employer_gets_nothing",
    # The other process of the same name is used for nothing but the wider list of ties.
    "LAW 12.28": "tests/law/test_working_statement.py::test_the_network_process_of_the_same_name_is_an_analogy_only",
    # Section numbers are data.
    "LAW 12.29": "tests/law/test_syntax.py::test_no_section_in_the_engine",
}

HELD = defaultdict(list)
for told in read_situations(folder_of("ca_dwc")):
    for line in told.situation.lines:
        HELD[line].append(told.situation.say)


@pytest.mark.parametrize("line", [*WARNINGS, *ROWS, *VECTORS])
def test_every_line_is_held(line):
    """A situation names the line, or the test that holds it exists."""
    named = HELD_ELSEWHERE.get(line)
    assert line in HELD or named is not None
    if named is not None:
        path, test = named.split("::")
        assert f"def {test}(" in (REPOSITORY / path).read_text(encoding="utf-8")


def test_no_situation_names_a_line_that_there_is_not():
    """A line that is misspelt would be held by nobody."""
    assert set(HELD) <= {*WARNINGS, *ROWS, *VECTORS}


def test_the_network_process_of_the_same_name_is_an_analogy_only():
    """Two processes are called independent medical review (LAW 12.28). No clock, ground or table rests on the rules of the
    other one, which only widen the list of ties."""
    other = "9768"
    resting = {
        entry.file for entry in load_pack().provisions() if any(other in version.citation for version in entry.versions)
    }
    assert resting == {"conflicts.yaml"}


def test_every_rule_of_the_commands_is_there():
    """The names on which scripts depend are all in the pack."""
    promised = (
        "application application_formulary application_after_deferral ur_decision information_reply assignment_notice "
        "records_mailed records_electronic records_expedited additional_information additional_information_expedited "
        "determination determination_formulary determination_expedited determination_extension wcab_petition "
        "ineligibility_petition petition_cure implement_authorise implement_pay terminate_notice "
        "administrator_change_notice"
    )
    assert set(promised.split()) <= set(load_pack().rule_names())
