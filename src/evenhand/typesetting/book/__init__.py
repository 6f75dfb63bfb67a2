"""The rule book: a programme's law as linked pages that a person reads, made from the data by which Evenhand computes.

    files = book_files("ca_dwc")        # {"index.html": b"…", …}: the same bytes each time

A page a file of the pack, an article an entry, its history on a time line; indexes by section, by day, by doubt and by
source; a search that works from a disk. A new file or a new kind of entry of the pack is in the book without a change here.
"""

from evenhand.typesetting.book.build import Told, book_files, book_of, numbers_of

__all__ = ["Told", "book_files", "book_of", "numbers_of"]
