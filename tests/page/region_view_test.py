#!/usr/bin/env python3
"""The region view of the report page in a browser with the network closed: igv.js draws what lies in the page, and asks for nothing else.

Also: it follows the page into the dark, is moved by the keyboard, leaves a table where there are no scripts, and a page without regions
has nothing of it. Skipped where there is no chromium.
"""
import os
import pathlib
import subprocess
import sys
import time

from browser import checking, find_chromium

DATA = pathlib.Path(os.environ["WEFT_SOURCE_DIR"]) / "test_data"
MOST_BYTES = 1_000_000   # that the view of two small regions may add to a page
problems = []


def check(holds, what):
    if not holds:
        problems.append(what)


def weft(*arguments):
    subprocess.run([os.environ["WEFT"], *arguments], check=True)


def page_with(name, *options):
    weft("report", "genes.bam", "--reference", str(DATA / "target.fa"), "-o", f"{name}.html", "-q", *options)
    return os.path.abspath(f"{name}.html")


def open_page(browser, page):
    browser.open(page)
    begin = time.monotonic()
    while browser.evaluate("document.documentElement.dataset.regions") != "drawn":
        if time.monotonic() - begin > 120:
            raise RuntimeError(f"the regions are not drawn; the page complains: {browser.complaints}")
        time.sleep(0.05)


def check_quiet(browser, page, what):
    time.sleep(0.5)   # what igv.js does later
    check(browser.requests == [f"file://{page}"], f"{what}: the page asks for {browser.requests[1:]}")
    check(not browser.complaints, f"{what}: the page complains: {browser.complaints}")
    wide = browser.evaluate("document.documentElement.scrollWidth") - browser.width
    check(wide <= 0, f"{what}: the page scrolls sideways by {wide} pixels")


# How many colours the records of a box are drawn in: of an empty canvas one.
COLOURS = """(box) => {
  const drawn = [...box.shadowRoot.querySelectorAll('canvas')].filter((canvas) => canvas.width * canvas.height > 0);
  return Math.max(...drawn.map((canvas) => {
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer;
    return new Set(new Uint32Array(pixels)).size;
  }));
}"""


def check_drawn(browser, when):
    colours = browser.evaluate(f"[...document.querySelectorAll('.region')].map({COLOURS})")
    check(len(colours) == 2 and min(colours) > 4, f"{when}: the records are not drawn: {colours} colours")


PLACE = "document.querySelector('.ways .place').textContent"


def place_after(browser, title, before):
    """Presses a button by the keyboard; where the view is then."""
    browser.evaluate(f"document.querySelector('.ways button[title=\"{title}\"]').focus()")
    for kind, more in (("keyDown", {"text": "\r"}), ("keyUp", {})):
        browser.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, **more)
    begin = time.monotonic()
    while browser.evaluate(PLACE) == before and time.monotonic() - begin < 20:
        time.sleep(0.05)
    return browser.evaluate(PLACE)


def bounds(place):
    return [int(number.replace(",", "")) for number in place.rsplit(":", 1)[1].split("-")]


def check_keyboard(browser):
    whole = browser.evaluate(PLACE)
    check(bounds(whole) == [1, 20000], f"the view begins with {whole}")
    near = place_after(browser, "Zoom in", whole)
    check(5000 <= bounds(near)[0] <= 5002 and 14999 <= bounds(near)[1] <= 15002, f"zooming in shows {near}")
    right = place_after(browser, "Move right", near)
    check(bounds(right)[0] > bounds(near)[0], f"moving right shows {right}")
    left = place_after(browser, "Move left", right)
    check(bounds(left)[0] < bounds(right)[0], f"moving left shows {left}")
    check(place_after(browser, "Show the whole region", left) == whole, "the whole region does not come back")


def check_without_scripts(browser, page):
    browser.look(1200, scripts=False)
    browser.open(page, scripts=False)
    check_quiet(browser, page, "without scripts")
    seen = browser.evaluate("document.getElementById('regions').innerText")
    for words in ("chr1:1-20,000", "w1000_18", "chr1:1,952-", "records overlap it.", "reverse"):
        check(words in seen, f"without scripts '{words}' is not seen")
    boxes = browser.evaluate("[...document.querySelectorAll('.region')].filter((box) => box.getBoundingClientRect().height > 0).length")
    check(boxes == 0, "without scripts there are empty boxes")


if not find_chromium():
    print("skipped: no chromium")
    sys.exit(0)
weft("align", str(DATA / "target.fa"), str(DATA / "features.fa"), "-o", "genes.bam", "--sort", "-q")
view = page_with("view", "--region", "chr1:1-20000", "--region", "chr3:10,001-30,000")
plain = page_with("plain")
grown = os.path.getsize(view) - os.path.getsize(plain)
check(grown <= MOST_BYTES, f"the region view adds {grown:,} bytes, allowed are {MOST_BYTES:,}")
with open(plain, encoding="utf-8") as file:
    text = file.read()
    check("igv-code" not in text and "createBrowser" not in text, "a page without regions has something of igv.js")
with checking(problems) as browser:
    browser.look(1200)
    open_page(browser, view)
    check_quiet(browser, view, "light")
    check_drawn(browser, "light")
    check_keyboard(browser)
    check_quiet(browser, view, "after moving")
    browser.evaluate("document.getElementById('theme').click()")
    turned = browser.evaluate("getComputedStyle(document.querySelector('.region')).filter")
    check("invert" in turned, "the view stays light in the dark")
    browser.evaluate("localStorage.clear()")
    browser.look(360, 740, dark=True)
    open_page(browser, view)
    check_quiet(browser, view, "narrow and dark")
    check_drawn(browser, "narrow and dark")
    check("invert" in browser.evaluate("getComputedStyle(document.querySelector('.region')).filter"), "the view is light on a dark system")
    check_without_scripts(browser, view)
print(f"the region view adds {grown:,} bytes")
sys.exit(1 if problems else 0)
