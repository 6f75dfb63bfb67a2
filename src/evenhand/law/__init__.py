"""The law as data, and the engine that answers from it: clocks, eligibility, standards, fees, qualifications.

    pack = load_pack("ca_dwc")
    pack.due("application", date(2014, 12, 23), means=Means.MAIL).due      # 2015-01-27

Every answer names its provision, how sure its numbers are, and the arithmetic in words.
"""

from evenhand.law.deadlines import Deadline
from evenhand.law.facts import Means
from evenhand.law.load import adopted_readings, load_folder, load_pack
from evenhand.law.pack import Pack, Unverified, Value
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence, Outcome

__all__ = [
    "Confidence",
    "Deadline",
    "Means",
    "Outcome",
    "Pack",
    "Refused",
    "Unverified",
    "Value",
    "adopted_readings",
    "load_folder",
    "load_pack",
]
