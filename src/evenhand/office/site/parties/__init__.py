"""Pages of the parties of a case: their own cases, in plain words, with their own papers."""
