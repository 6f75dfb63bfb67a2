"""The office: the Django project. One app a stage of a case; every write is a function in some app's `actions.py`."""
