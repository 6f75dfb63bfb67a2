"""Counting in words."""


def counted(number: int, thing: str) -> str:
    """`1 paper`, `2 papers`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


# Abbreviations and spellings of the code, as people here write them.
PLAIN = {
    "rfa": "request for authorization",
    "ur": "UR",
    "organisation": "organization",
    "authorisation": "authorization",
    "authorised": "authorized",
    "imr": "IMR",
}


def plain(name: str) -> str:
    """A name of the code in words: `ur_decision` is `UR decision`, `record_authorisation` is `record authorization`."""
    return " ".join(PLAIN.get(part, part) for part in name.split("_"))


def headed(name: str) -> str:
    """The same, as a label or heading begins."""
    words = plain(name)
    return words[:1].upper() + words[1:]
