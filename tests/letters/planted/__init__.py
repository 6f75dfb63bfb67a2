"""The second reader measured: clean letters of six families, and letters into which one defect was planted.

    draft = make("worker", 7)                       # a clean letter, the same for the same seed
    planted = plant("EH101", "applicant", 12)       # another with the side changed somewhere in its reasons, and where

The families, the treatments and every sentence are made for this; the checks were not written on them.
`python -m tests.letters.planted` prints what each check finds.
"""
