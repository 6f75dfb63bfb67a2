"""What every page is held to, wherever it comes from: axe, width, focus, policy, the bones of a document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from tests.browser.test_site import OPTIONS

NARROW = {"width": 320, "height": 640}
"""A window of 1280 pixels at 400 percent (WCAG 1.4.10)."""
WIDE = {"width": 1280, "height": 900}

AXE = """options => axe.run(options).then(found => found.violations.map(
    fault => `${fault.id} (${fault.help}): ${fault.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`))"""
BONES = """ownStyle => {
    const heads = [...document.querySelectorAll('h1')].filter(one => one.checkVisibility());
    const found = [];
    if (!document.documentElement.lang) found.push('the page has no language');
    if (document.title.trim().length < 3) found.push('the page has no title');
    if (heads.length !== 1) found.push(`the page has ${heads.length} headings of the first level`);
    if (document.querySelectorAll('main').length !== 1) found.push('the page has no main part, or two');
    if (!ownStyle && document.querySelector('[style], style')) found.push('a style stands in the page itself');
    return found;
}"""
WIDTH = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > room + 1);
    const named = wide.slice(-3).map(one => one.outerHTML.slice(0, 120));
    return [`it is ${document.documentElement.scrollWidth} pixels wide: ${named.join(' | ')}`];
}"""
# Everything that can be stopped at is numbered in the order of the page; each stop says where it is and what shows it.
WATCH = """() => {
    const stops = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const seen = [...document.querySelectorAll(stops)].filter(one =>
        one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden'
        && one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0);
    const groups = new Set();
    window.__due = seen.filter(one => {
        if (one.type !== 'radio') return true;
        if (groups.has(one.name)) return false;
        groups.add(one.name);
        return true;
    });
    window.__stops = [];
    document.addEventListener('focusin', event => {
        const at = event.target;
        const drawn = at.matches('.usa-radio__input, .usa-checkbox__input')
            ? getComputedStyle(at.nextElementSibling, '::before') : getComputedStyle(at);
        const outlined = drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2;
        window.__stops.push([at, outlined || drawn.boxShadow !== 'none']);
    });
    if (seen.some(one => one.tabIndex > 0)) return -1;
    return window.__due.length;
}"""
AROUND = """() => window.__stops.slice(1).some(([at]) => at === window.__stops[0][0])"""
MISSED = """() => {
    const told = one => one.outerHTML.slice(0, 140);
    const reached = window.__stops.map(([at]) => at);
    const same = (due, at) => due === at || (due.type === 'radio' && at.type === 'radio' && due.name === at.name);
    const found = window.__due.filter(due => !reached.some(at => same(due, at))).map(due => 'Tab does not reach ' + told(due));
    found.push(...window.__stops.filter(([at, seen]) => !seen).map(([at]) => 'the focus is not seen on ' + told(at)));
    const once = [...new Set(reached)];
    for (let i = 1; i < once.length; i++)
        if (!(once[i - 1].compareDocumentPosition(once[i]) & Node.DOCUMENT_POSITION_FOLLOWING))
            found.push('out of order: ' + told(once[i]));
    return found.slice(0, 6);
}"""
BLOCKED = "document.addEventListener('securitypolicyviolation', e => console.error('blocked: ' + e.violatedDirective))"


@contextmanager
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of meanwhile: errors, warnings, what the policy stops."""
    found: list[str] = []
    page.add_init_script(BLOCKED)
    page.on(
        "console", lambda said: found.append(f"console: {said.text}") if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    yield found


def faults(page: Page, *, own_style: bool = False) -> list[str]:
    """Everything wrong with the page as it stands, at both widths, every reason opened; in words. A letter has a style of its own."""
    page.evaluate("document.activeElement.blur()")  # the skip link covers what lies below it while it has the focus
    found: list[str] = page.evaluate(BONES, own_style)
    page.evaluate(AXE_SCRIPT)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        at = f"at {size['width']} pixels"
        found += [f"{at}: {fault}" for fault in page.evaluate(WIDTH) + page.evaluate(AXE, OPTIONS)]
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found += [f"with every reason open: {fault}" for fault in page.evaluate(WIDTH)]
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found


def by_keyboard(page: Page) -> list[str]:
    """Walks the page with Tab from its top: what is not reached, what does not show the focus, what comes out of order."""
    page.evaluate("document.activeElement.blur()")
    due: int = page.evaluate(WATCH)
    if due < 0:
        return ["a tabindex above 0 breaks the order of the page"]
    # A date is four stops: day, month, year and the calendar.
    for _ in range(due + 5):
        for _ in range(4):
            page.keyboard.press("Tab")
        if page.evaluate(AROUND):
            break
    missed: list[Any] = page.evaluate(MISSED)
    return [str(one) for one in missed]
