"""Words of the account pages."""

from __future__ import annotations

from django.template import Library

register = Library()

# In this order: Edge says that it is Chrome as well, and Chrome that it is Safari.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


@register.filter
def device(agent: str) -> str:
    """`Firefox on Windows`, as far as the browser says what it is."""
    browser = next((words for sign, words in BROWSERS if sign in agent), "A browser")
    system = next((words for sign, words in SYSTEMS if sign in agent), "")
    return f"{browser} on {system}" if system else browser
