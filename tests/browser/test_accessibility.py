"""WCAG 2.2, levels A and AA, by axe-core on a page of each kind; and what axe does not see: motion, colours, focus."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from .test_browser import base, browser, look  # noqa: F401  (fixtures)

AXE = resources.files("selenium_axe_python").joinpath("axe-core/axe.min.js").read_text(encoding="utf-8")
#: A page for each template and each page written by hand; of large ones, a small page of the kind.
PAGES = (
    "index.html",
    "404.html",
    "search.html?q=servers",
    "search.html?q=xylophone",
    "genindex.html",
    "about.html",
    "api.html",
    "coverage.html",
    "findings.html",
    "glossary.html",
    "testing.html",
    "check.html",
    "guidelines/index.html",
    "guidelines/powered/2021.11.html",
    "guidelines/dns/2020.06.html",
    "guidelines/nfv/next.html",
    "guidelines/load-balancer/2022.11.html",
    "capabilities/index.html",
    "capabilities/compute-servers-create.html",
    "capabilities/compute-servers-resize.html",
    "matrix/orchestration.html",
    "sections/index.html",
    "sections/swift.html",
    "diff/index.html",
    "diff/powered/2018.02..2020.06.html",
    "diff/powered/2020.06..2022.11.html",
    "tests/index.html",
    "tests/index.html?q=zzzzz",
    "tests/index.html?q=flagged",
    "tests/a8333aa2-205c-449f-a828-d38c2489bf25.html",
    "process/index.html",
    "process/2017A.html",
    "process/criteria.html",
    "process/flagging.html",
    "process/governance.html",
    "process/principles.html",
    "process/working-materials.html",
    "reports/fall-2016.html",
    "process/procedure.html",  # Moved.
    "schema/1.2.html",
    "schema/2.0.html",
)
LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
#: What depends on the width of the window, and on light or dark.
LAYOUT = {"type": "rule", "values": ["scrollable-region-focusable", "target-size"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
#: Rules are run where their result can differ: all of them once wide and once narrow. Those for colours take longest.
RUNS: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (1280, "light", LEVELS),
    (1280, "dark", COLOURS),
    (768, "light", LAYOUT),
    (412, "light", LAYOUT),
    (320, "light", LEVELS),
)
#: Rows of a table are alike, and axe takes seconds for hundreds of them: most are left out.
SHORTEN = """
const alike = "article :is(tr:nth-child(n + 12), li:nth-child(n + 12), pre span:nth-child(n + 60))";
for (const one of document.querySelectorAll(alike)) one.remove();
"""
VIOLATIONS = """
const [runOnly, done] = arguments;
const rules = runOnly.type === "tag" ? { "target-size": { enabled: true } } : {}; // Off unless it is asked for.
const told = ({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 200)}`);
const options = { runOnly, rules, resultTypes: ["violations"] };
// What follows the size of the window (ResizeObserver) is done by the frame after the next.
const settled = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
settled.then(() => axe.run(options)).then(({ violations }) => done(violations.flatMap(told)));
"""


@pytest.mark.sampled("axe")
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation(browser: webdriver.Chrome, base: str, page: str) -> None:  # noqa: F811
    browser.set_script_timeout(60)
    look(browser, 1280, "light")
    browser.get(base + page)
    browser.execute_script(SHORTEN + AXE)
    found = {}
    for width, scheme, runs in RUNS:
        look(browser, width, scheme)
        if violations := browser.execute_async_script(VIOLATIONS, runs):
            found[width, scheme] = violations
    assert not found


SCROLLERS = """
return [...document.querySelectorAll("article *")].filter((box) => {
  const style = getComputedStyle(box);
  return /auto|scroll/.test(style.overflowX) && box.scrollWidth > box.clientWidth && box.clientWidth > 1;
}).map((box) => [box.tabIndex, box.getAttribute("role"), box.getAttribute("aria-label"), box.innerText.slice(0, 40)])
"""
STOPS = (
    "return [...document.querySelectorAll('article [role=region][tabindex]')].filter((e) => e.checkVisibility()).length"
)


@pytest.mark.parametrize(
    "page, name",
    [
        ("guidelines/nfv/next.html", "Criteria and weights"),
        ("about.html", "How to read a status"),
        ("api.html", "Code: Test lists"),
        ("process/principles.html", "How the principles connect"),
        ("sections/nova.html", "Designated sections of nova in OpenStack Powered guidelines"),
    ],
)
def test_what_scrolls_is_a_named_tab_stop(browser: webdriver.Chrome, base: str, page: str, name: str) -> None:  # noqa: F811
    look(browser, 320, "light")
    browser.get(base + page)
    scrollers = browser.execute_script(SCROLLERS)
    assert all(index == 0 and role == "region" and label for index, role, label, _ in scrollers), scrollers
    assert name in [label for _, _, label, _ in scrollers]
    if page == "api.html":  # Its commands of one line are longer than any column.
        return
    look(browser, 2560, "light")
    browser.get(base + page)
    assert browser.execute_script(SCROLLERS) == [] and browser.execute_script(STOPS) == 0


MOVES = """
const lasts = (element) => parseFloat(getComputedStyle(element).transitionDuration) > 0;
const moving = [...document.querySelectorAll("*")].filter(lasts);
return [getComputedStyle(document.documentElement).scrollBehavior, moving.length];
"""


def test_nothing_moves_for_who_wants_less_motion(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    browser.get(base + "index.html")
    for wish, (scroll, still) in {"no-preference": ("smooth", False), "reduce": ("auto", True)}.items():
        media = {"features": [{"name": "prefers-reduced-motion", "value": wish}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        behaviour, moving = browser.execute_script(MOVES)
        assert behaviour == scroll and (moving == 0) == still


#: What a mark is besides its colour: letter, style and radius of the border, line through it.
SHAPE = """
const style = getComputedStyle(arguments[0], "::before");
const border = [style.borderTopStyle, style.borderTopWidth, style.borderRadius];
return [style.content, ...border, style.textDecorationLine].join(" ")
"""


def test_statuses_differ_by_more_than_colour(browser: webdriver.Chrome, base: str) -> None:  # noqa: F811
    look(browser, 1280, "light")
    browser.get(base + "matrix/powered.html")
    for forced in ("none", "active"):
        media = {"features": [{"name": "forced-colors", "value": forced}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        marks = browser.find_elements(By.CSS_SELECTOR, "p.legend [data-status]")
        names = [str(mark.get_attribute("data-status")) for mark in marks]
        shapes = [str(browser.execute_script(SHAPE, mark)) for mark in marks]
        letters = [shape.split()[0] for shape in shapes]
        assert {"required", "advisory", "deprecated", "removed"} <= set(names)
        assert len(set(letters)) == len(names) and len(set(shapes)) == len(names)
        # A capability whose status differs between components has a second line around its letter.
        plain, mixed = (
            browser.find_element(By.CSS_SELECTOR, f"table.matrix td a{which}[data-status=required]")
            for which in (":not(.mixed)", ".mixed")
        )
        outline = "const s = getComputedStyle(arguments[0], '::before'); return s.boxShadow + s.borderTopStyle"
        assert browser.execute_script(outline, plain) != browser.execute_script(outline, mixed)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


#: The darkest and the lightest luminance in a picture.
LUMINANCES = """
const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const luminance = (r, g, b) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const done = arguments[1];
const image = new Image();
image.onload = () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  const all = [];
  for (let at = 0; at < data.length; at += 4) all.push(luminance(data[at], data[at + 1], data[at + 2]));
  done([Math.min(...all), Math.max(...all)]);
};
image.src = `data:image/png;base64,${arguments[0]}`;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("vision", ["protanopia", "deuteranopia", "tritanopia", "achromatopsia"])
def test_letters_are_legible_for_every_vision(browser: webdriver.Chrome, base: str, vision: str, scheme: str) -> None:  # noqa: F811
    """In a picture of each mark as that person sees it, letter and ground differ by 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    look(browser, 1280, scheme)
    browser.get(base + "matrix/powered.html")
    browser.execute_cdp_cmd("Emulation.setEmulatedVisionDeficiency", {"type": vision})
    try:
        for status in ("required", "advisory", "deprecated", "removed"):
            mark = browser.find_element(By.CSS_SELECTOR, f"p.legend [data-status={status}]")
            darkest, lightest = browser.execute_async_script(LUMINANCES, mark.screenshot_as_base64)
            assert (lightest + 0.05) / (darkest + 0.05) >= 4.5, status
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
