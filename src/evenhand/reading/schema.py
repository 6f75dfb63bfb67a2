"""JSON Schema of a dataclass, for editors and for people who write bundles by other means."""

from __future__ import annotations

from typing import Any

from evenhand.reading.strict import _adapter


def json_schema(kind: type) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `read` accepts for `kind`."""
    schema = _adapter(kind).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
