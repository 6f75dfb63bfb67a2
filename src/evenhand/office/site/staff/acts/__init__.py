"""Every act of a case as a form: its law beside it, what follows before the button, a clear refusal after it."""
