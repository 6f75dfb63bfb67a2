"""Strict reading of files that people write: YAML into dataclasses, one clear line for every fault.

    facts = read(CaseFacts, Path("case.yaml"))      # raises BadFile

A fault names the file, the line, the path inside the file, what is wrong and what is allowed. Nothing is guessed: unknown fields,
doubled keys and values of the wrong type are faults.
"""

from evenhand.reading.faults import BadFile, Fault
from evenhand.reading.schema import json_schema
from evenhand.reading.strict import from_plain, read, read_json, read_plain, read_text, to_plain

__all__ = ["BadFile", "Fault", "from_plain", "json_schema", "read", "read_json", "read_plain", "read_text", "to_plain"]
