#!/usr/bin/env python3
"""The report page in a browser, from a file, with the network closed: nothing is asked for or complained about, every chart is drawn.

Also: names stay text, data survive packing, narrow screens do not scroll sideways, it works with the keyboard and without scripts, and
it is small and quick. Skipped where there is no chromium.
"""
import base64
import gzip
import json
import os
import re
import subprocess
import sys

import example_documents as examples
from browser import checking, find_chromium

MOST_BYTES = 2_000_000
MOST_HEAP = 100_000_000
MOST_MAIN_THREAD = 8   # seconds of CPU; about three times what it takes, for slow machines
CHARTS = ["identity", "coverage", "depth", "mapq", "length", "length-identity", "classes", "gaps", "ends", "dot-plot", "throughput",
          "stage-times", "tasks", "running", "resources"]
GRAPH = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" id="drawn-before"><text x="2" y="15">a → b</text></svg>'

problems = []


def check(holds, what):
    if not holds:
        problems.append(what)


def write_page(name, analysis, run, *options):
    files = []
    for kind, document in (("analysis", analysis), ("run", run)):
        files.append(f"{name}.{kind}.json" if document else "-")
        if document:
            with open(files[-1], "w") as file:
                json.dump(document, file)
    with open("graph.svg", "w") as file:
        file.write(GRAPH)
    page = os.path.abspath(f"{name}.html")
    subprocess.run([os.environ["WEFT_WRITE_PAGE"], "Genes <b>on</b> yeast", *files, "graph.svg", page, *options], check=True)
    return page


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def unpacked(page, element):
    packed = re.search(f'id="{element}">([^<]*)<', text_of(page)).group(1)
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def check_files(good, again, analysis, run):
    check(os.path.getsize(good) <= MOST_BYTES, f"the page has {os.path.getsize(good):,} bytes, allowed are {MOST_BYTES:,}")
    different = [(a, b) for a, b in zip(text_of(good).split("\n"), text_of(again).split("\n")) if a != b]
    of_times = len(different) == 1 and 'id="times-data"' in different[0][0]
    check(of_times, f"two runs differ in {len(different)} lines, not in the one of times")
    lasting = unpacked(good, "lasting-data")
    for key in ("histograms", "depth", "dot_plot", "errors", "length_identity"):
        check(lasting["analysis"][key] == analysis[key], f"{key} differs after packing")
    check(unpacked(good, "times-data")["tasks"] == run["tasks"], "the tasks differ after packing")


def chart_names(chosen="() => true"):
    """An expression for the names of those charts whose boxes are chosen."""
    return f"[...document.querySelectorAll('.chart')].filter({chosen}).map((box) => box.dataset.chart)"


def check_quiet(browser, page, what):
    check(browser.requests == [f"file://{page}"], f"{what}: the page asks for {browser.requests[1:]}")
    check(not browser.complaints, f"{what}: the page complains: {browser.complaints}")
    wide = browser.evaluate("document.documentElement.scrollWidth") - browser.width
    check(wide <= 0, f"{what}: the page scrolls sideways by {wide} pixels")


# Boxes without anything drawn in them: a canvas of one colour, or an SVG without shapes.
BLANK = chart_names("""(box) => {
  const canvas = box.querySelector('canvas');
  if (!canvas) return box.querySelectorAll('svg path, svg rect').length < 3;
  const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return pixels.every((pixel) => pixel === pixels[0]);
}""")


def check_drawn(browser, when):
    blank = browser.evaluate(BLANK)
    check(not blank, f"{when}: blank charts: {blank}")


def count_of(browser, selector):
    return browser.evaluate(f"document.querySelectorAll('{selector}').length")


def check_charts(browser, page):
    browser.look(1400)
    browser.open(page)
    check_quiet(browser, page, "wide")
    charts = browser.evaluate(chart_names())
    check(charts == CHARTS, f"the charts are {charts}")
    check_drawn(browser, "wide")
    silent = browser.evaluate(chart_names("(box) => box.getAttribute('aria-label').length < 30"))
    check(not silent, f"not described in words: {silent}")
    check(count_of(browser, "#stage-graph .node") == len(examples.STAGES), "the graph of stages has not all nodes")
    check(count_of(browser, "#stage-graph path.critical") == len(examples.CRITICAL) - 1, "the critical path is not marked")
    check(browser.evaluate("document.getElementById('static-graph').hidden"), "the graph drawn beforehand is not hidden")
    check(count_of(browser, "#times") == 0, "the times are not put into their places")
    check(count_of(browser, "#slowest tbody tr") == 20, "the slowest tasks are not where they belong")


def check_costs(browser):
    """Of the page that is open."""
    browser.call("HeapProfiler.collectGarbage")
    figures = {row["name"]: row["value"] for row in browser.call("Performance.getMetrics")["metrics"]}
    heap = figures["JSHeapUsedSize"]
    check(heap <= MOST_HEAP, f"the page takes {heap:,.0f} bytes of heap, allowed are {MOST_HEAP:,}")
    check(figures["ThreadTime"] <= MOST_MAIN_THREAD, f"the page takes {figures['ThreadTime']:.1f} s of CPU, allowed are {MOST_MAIN_THREAD}")
    started = browser.evaluate("performance.getEntriesByName('started')[0].startTime")
    print(f"heap {heap / 1e6:.0f} MB; {figures['ThreadTime']:.1f} s of CPU until every chart is drawn;",
          f"answers after {started / 1000:.1f} s")


def check_names(browser):
    check(browser.evaluate("document.title") == "Genes <b>on</b> yeast", "the title is not what was given")
    check(count_of(browser, "main img, h1 b, td b") == 0, "a name became an element")
    name = browser.evaluate("document.querySelector('#lost table.cut tbody code').textContent")
    check(name == examples.HOSTILE, f"the hostile name is shown as {name}")
    # Even if a name did become an element, its script would not run. (This one complains, as it should.)
    browser.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"window.broken = 1\">')")
    browser.evaluate("new Promise((resolve) => setTimeout(resolve, 200))")
    refused = any("Content Security Policy" in text for text in browser.complaints)
    check(browser.evaluate("window.broken") is None and refused, "scripts within the page may run")


def press(browser, key, code, character=None):
    typed = {"text": character} if character else {}
    for kind, more in (("keyDown", typed), ("keyUp", {})):
        browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)


def check_keyboard(browser, page):
    browser.look(1200)
    browser.open(page)
    press(browser, "Tab", 9)
    check(browser.evaluate("document.activeElement.className") == "skip", "the first stop of the keyboard is not the skip link")
    press(browser, "Enter", 13, "\r")
    check(browser.evaluate("document.activeElement.id") == "content", "the skip link leads nowhere")
    rows = "[...document.querySelectorAll('#lost table.cut tbody tr:not([hidden])')]"
    browser.evaluate("document.querySelectorAll('#lost table.cut th button')[1].focus()")
    press(browser, "Enter", 13, "\r")
    lengths = browser.evaluate(f"{rows}.map((row) => Number(row.cells[1].dataset.order))")
    check(lengths == sorted(lengths, reverse=True) and len(set(lengths)) > 100, "sorting by length does not sort")
    sorted_by = browser.evaluate("document.querySelectorAll('#lost table.cut th')[1].getAttribute('aria-sort')")
    check(sorted_by == "descending", f"the sorted column says it is {sorted_by}")
    choose(browser, "#lost .search input", "TRUNCATED", "input")
    found = browser.evaluate(f"{rows}.map((row) => row.textContent)")
    check(len(found) > 5 and all("truncated" in text for text in found), "searching does not find")


def choose(browser, selector, value, event):
    """Fills in an input, as if the reader did."""
    browser.evaluate(f"document.querySelector('{selector}').value = '{value}'")
    browser.evaluate(f"document.querySelector('{selector}').dispatchEvent(new Event('{event}'))")


def check_controls(browser, page):
    browser.look(1400)
    browser.open(page)
    coverage, depth = (f"document.querySelector('#figure-{name} .chart svg').outerHTML" for name in ("coverage", "depth"))
    before = browser.evaluate(coverage)
    browser.evaluate("document.querySelector('#figure-coverage .controls input').click()")
    check(browser.evaluate(coverage) != before, "logarithmic counts change nothing")
    before = browser.evaluate(depth)
    choose(browser, "#figure-depth select", "3", "change")
    check(browser.evaluate(depth) != before, "choosing a contig changes nothing")
    check(not browser.complaints, f"controls: the page complains: {browser.complaints}")


def check_theme(browser, page):
    paper = "getComputedStyle(document.body).backgroundColor"
    browser.look(1200, dark=False)
    browser.open(page)
    light = browser.evaluate(paper)
    ink = "document.querySelector('#figure-mapq svg text').getAttribute('fill')"
    light_ink = browser.evaluate(ink)
    browser.evaluate("document.getElementById('theme').click()")
    dark = browser.evaluate(paper)
    check(light != dark, "the button does not make the page dark")
    check(browser.evaluate(ink) != light_ink, "charts stay light in the dark")
    browser.open(page)
    check(browser.evaluate(paper) == dark, "the choice is not remembered")
    browser.evaluate("localStorage.clear()")
    browser.look(1200, dark=True)
    browser.open(page)
    check(browser.evaluate(paper) == dark, "a dark system does not make the page dark")
    check_quiet(browser, page, "dark")
    browser.print_pdf("page.pdf")
    check(browser.evaluate(paper) == dark and os.path.getsize("page.pdf") > 50_000, "printing does not leave the page as it was")
    check_drawn(browser, "after printing")


def check_narrow(browser, pages):
    for page in pages:
        browser.look(360, 740)
        browser.open(page)
        check_quiet(browser, page, f"narrow {os.path.basename(page)}")
        check_drawn(browser, "narrow")
        browser.evaluate("scrollTo(0, 2000)")
        check(browser.evaluate("document.querySelector('.contents').getBoundingClientRect().top") == 0, "the contents do not stay in sight")


def check_failed(browser, page):
    browser.look(1200)
    browser.open(page)
    check_quiet(browser, page, "failed")
    red = browser.evaluate("getComputedStyle(document.querySelector('.verdict .headline')).color")
    check(red == "rgb(179, 38, 30)", f"the headline of a failed run is {red}, not red")
    bottom = browser.evaluate("document.querySelector('.go-on').getBoundingClientRect().bottom")
    check(bottom < 900, f"stage, reason, log and how to go on are not on the first screen: they end at {bottom}")
    check("<give --scratch" in browser.evaluate("document.querySelector('.log').textContent"), "the end of the log is missing")


def check_without_scripts(browser, page):
    browser.look(1200, scripts=False)
    browser.open(page, scripts=False)
    check_quiet(browser, page, "without scripts")
    seen = browser.evaluate("document.body.innerText")
    for words in ("of 10,000 features have a place.", "Wall time", "because nothing of them occurs in the reference", "Apache ECharts"):
        check(words in seen, f"without scripts '{words}' is not seen")
    graph = browser.evaluate("document.getElementById('drawn-before').getBoundingClientRect().height")
    check(graph > 0, "without scripts there is no graph")
    empty = browser.evaluate(chart_names("(box) => box.getBoundingClientRect().height > 0"))
    check(not empty, f"without scripts there are empty charts: {empty}")
    check(count_of(browser, "#times table") >= 5, "without scripts the tables of time are missing")


if not find_chromium():
    print("skipped: no chromium")
    sys.exit(0)
analysis, run = examples.analysis(), examples.run()
good = write_page("good", analysis, run)
again = write_page("again", analysis, examples.run(0.3))
failed = write_page("failed", None, examples.failed_run())
alone = write_page("alone", analysis, None)
timeless = write_page("timeless", analysis, run, "--no-times")
check_files(good, again, analysis, run)
with checking(problems) as browser:
    check_charts(browser, good)
    check_costs(browser)
    check_names(browser)
    check_keyboard(browser, good)
    check_controls(browser, good)
    check_theme(browser, good)
    check_narrow(browser, [good, failed, alone, timeless])
    check_failed(browser, failed)
    check_without_scripts(browser, good)
sys.exit(1 if problems else 0)
