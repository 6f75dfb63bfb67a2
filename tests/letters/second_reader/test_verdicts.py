"""Verdicts in a rationale: which clause says what, whose words they are, and that no text takes long."""

from __future__ import annotations

import time

import pytest

from evenhand.letters.second_reader.names import persons
from evenhand.letters.second_reader.verdicts import verdicts


@pytest.mark.parametrize(
    ("rationale", "said"),
    [
        ("It is medically necessary.", "T"),
        ("It is not medically necessary.", "F"),
        ("It is not-medically necessary.", "F"),
        ("It isn't medically necessary.", "F"),
        ("It does not appear medically necessary.", "F"),
        ("There is no proof. It is medically necessary.", "T"),
        (
            "This decision addresses the medical necessity of opioids as they have been prescribed. It is medically necessary.",
            "",
        ),
        ("An MRI without contrast, and of both sides, is medically necessary.", "T"),
        ("An MRI without contrast is medically necessary.", "T"),
        ("Though not a first choice in early care of the knee an MRI is medically necessary.", ""),
        (
            "Utilization review found the MRI of the lumbar spine not medically necessary. It is medically necessary.",
            "T",
        ),
        ("The claims administrator denied it because it was not medically necessary.", ""),
        ("The records do not show that the MRI is medically necessary.", "F"),
        ("There is no doubt that it is medically necessary.", "T"),
        ("The medical necessity of the request is not established.", "F"),
        ("Medical necessity for the requested MRI has been established.", "T"),
        ("The documentation fails to support the medical necessity of this drug.", "F"),
        ("The findings support the medical necessity of this drug.", "T"),
        ("The request is not warranted.", "F"),
        ("The request is supported by the guideline.", "T"),
        ("The requested treatment cannot be certified.", "F"),
        ("The utilization review denial is overturned.", "T"),
        ("The denial should be upheld.", "F"),
        ("It has not been shown by the records provided to be medically necessary.", "F"),
        ("According to ODG an MRI is medically necessary when there is a deficit.", ""),
        ("All medically necessary care was given.", ""),
        ("The request is medically unnecessary.", "F"),
        ("The initial request was medically necessary.", ""),
        ("The MRI is no longer medically necessary.", "F"),
        ("Only six of the visits are medically necessary.", "T"),
        ("The treating physician states that the MRI is medically necessary.", ""),
        ("I disagree with utilization review, and the MRI is medically necessary.", "T"),
        ("While the UR reviewer held it not medically necessary, the request is medically necessary.", "T"),
        ("Ongoing use of the drug is neither reasonable nor medically necessary.", "F"),
        (
            "The request for an MRI of the lumbar spine meets criteria and is therefore medically necessary and appropriate.",
            "T",
        ),
        ("As the surgery is not medically necessary, the assistant is not medically necessary.", "FF"),
        ("The request is recommended for non-certification.", "F"),
        ("The request is therefore non-certified.", "F"),
        ("The requested MRI is considered medically necessary at this time.", "T"),
        ("As such, the request for EMG and NCS of the right leg is deemed not medically necessary.", "F"),
        ("No, the request for injections was not medically necessary, medically appropriate, or indicated here.", "F"),
        (
            "Yes, the request for Naprosyn, an anti-inflammatory medication, was medically necessary, medically appropriate, and indicated here.",
            "T",
        ),
        ("The quantity requested cannot be deemed medically necessary without further evidence.", "F"),
        ('The request for "MRI right knee" is medically necessary.', "T"),
        ("I find that the MRI of the lumbar spine is medically necessary.", "T"),
        ("I cannot agree that the MRI is medically necessary.", "F"),
        ("It must be shown whether the MRI is medically necessary.", ""),
        ("The guideline's criteria are met, so the request is medically necessary.", "T"),
        ("The MRI is therefore not necessary.", "F"),
        ("Per MTUS the request is medically necessary.", "T"),
        ("The need for the MRI is not established.", "F"),
        ("In light of the guideline, the MRI is reasonable and necessary.", "T"),
        ("Therefore, medical necessity is established.", "T"),
        ("Therefore medical necessity has not been demonstrated.", "F"),
        ("The requested item meets the standard for medical necessity.", "T"),
        ("The request does not meet the criteria for medical necessity.", "F"),
        ("I therefore find the requested MRI medically necessary.", "T"),
        ("Medical necessity has been met.", "T"),
        ("The request meets medical necessity criteria.", "T"),
        ("The MRI is reasonably required to cure or relieve the effects of the injury.", "T"),
        ("The MRI is not reasonably required to cure or relieve the effects of the injury.", "F"),
        ("The request should be approved.", "T"),
        ("The request should be denied.", "F"),
        ("There is no medical necessity for the requested MRI.", "F"),
        ("I uphold the denial.", "F"),
        ("I overturn the denial of the MRI.", "T"),
        ("We agree with the utilization review denial.", "F"),
        ("Accordingly, the MRI is authorized.", "T"),
        ("MRI of the lumbar spine: medically necessary.", "T"),
        ("MRI of the lumbar spine: not medically necessary.", "F"),
        ("It cannot be supported as medically necessary.", "F"),
        ("The MRI proves medically necessary.", "T"),
        ("The utilization review decision is affirmed.", "F"),
        ("The claims administrator determined that the MRI was not reasonably required.", ""),
        ("The denial letter says that the request is not medically necessary.", ""),
        ("The denial was issued on 11/29/2016.", ""),
        ("The appeal argues that the MRI is medically necessary.", ""),
        ("The appeal argues that the MRI is medically necessary, but it is not medically necessary.", "F"),
        ("Medical necessity must be shown by the records.", ""),
        ("The question is whether medical necessity is established.", ""),
        ("Continued use is therefore not warranted.", "F"),
        ("In this case, therefore, surgery is warranted.", "T"),
    ],
)
def test_what_a_clause_says(rationale: str, said: str) -> None:
    """T stands for a clause that finds something necessary, F for one that does not; what others say is no verdict."""
    assert "".join("T" if verdict.necessary else "F" for verdict in verdicts(rationale)) == said


@pytest.mark.parametrize(
    "words", ["the request for ", "medical necessity is ", "utilization review the request ", "Anna B. ", "A"]
)
def test_no_text_takes_long(words: str) -> None:
    """A text without sentences, a thousand times a word that many patterns wait for, is read in a moment."""
    begin = time.process_time()
    verdicts(words * 4000)
    persons(words * 4000, "ca_dwc")
    assert time.process_time() - begin < 5
