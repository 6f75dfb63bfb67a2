"""Case bundles: a folder with everything that people brought to one case and did in it.

bundle = read_bundle(Path("examples/neck-cold-therapy"))      # raises BadFile, one line a fault
"""

from evenhand.bundles.bundle import Bundle
from evenhand.bundles.read import read_bundle

__all__ = ["Bundle", "read_bundle"]
