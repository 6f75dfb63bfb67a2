"""Counting in words."""


def counted(number: int, thing: str) -> str:
    """`1 paper`, `2 papers`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
