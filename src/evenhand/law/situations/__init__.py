"""Situations: the law in sentences that a lawyer reads, each with a question to the pack and the answer.

    - say: A decision mailed inside California gives thirty-five days, and the thirty-fifth is the last.
      rule: application
      start: 2014-12-23
      served: mail
      last_day: 2015-01-27

Who changes a data file of the pack runs them (`evenhand law situations`) and sees which sentences no longer hold. A file of
situations (`file.SituationFile`) has a section a kind; a new kind is a subclass of `Situation` and a field there.
"""

from evenhand.law.situations.base import Situation
from evenhand.law.situations.reading import Told, folder_of, read_situations
from evenhand.law.situations.run import Result, run

__all__ = ["Result", "Situation", "Told", "folder_of", "read_situations", "run"]
