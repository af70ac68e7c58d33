#!/usr/bin/env python3
"""Turns what a program prints on a colour terminal (standard input) into an SVG picture (standard output): see `make`.

Knows the colours and the bold, dim, underlined and inverse letters of ECMA-48.
"""
import re
import sys
from html import escape

COLOURS = ["#6e7681", "#f47067", "#57ab5a", "#c69026", "#539bf5", "#b083f0", "#39c5cf", "#cdd9e5"]
PAPER, INK = "#1c2128", "#cdd9e5"
WIDTH, HEIGHT, MARGIN = 8.4, 18, 14   # of a letter, of a line, around all


def style_after(style, codes):
    """The style that follows when an escape sequence with these codes is met."""
    style = dict(style)
    for code in [int(c or 0) for c in codes.split(";")]:
        if code == 0:
            style = {}
        elif code in (1, 2, 4, 7):
            style[code] = True
        elif code in (22, 24, 27):
            for off in {22: (1, 2), 24: (4,), 27: (7,)}[code]:
                style.pop(off, None)
        elif code in range(30, 38) or code in range(90, 98):
            style["ink"] = COLOURS[code % 10]
        elif code in range(40, 48) or code in range(100, 108):
            style["paper"] = COLOURS[code % 10]
        elif code in (39, 49):
            style.pop({39: "ink", 49: "paper"}[code], None)
    return style


def runs_of(line):
    """(column, text, style) of each stretch of one style."""
    style, column = {}, 0
    for part in re.split(r"(\x1b\[[0-9;]*[A-Za-z])", line):
        if part.startswith("\x1b["):
            if part.endswith("m"):
                style = style_after(style, part[2:-1])
        elif part:
            yield column, part, style
            column += len(part)


def svg_of_run(column, row, text, style):
    x, y = MARGIN + column * WIDTH, MARGIN + row * HEIGHT
    ink, paper = style.get("ink", INK), style.get("paper")
    if 7 in style:
        ink, paper = paper or PAPER, ink
    if paper:
        yield f'<rect x="{x:.1f}" y="{y}" width="{len(text) * WIDTH:.1f}" height="{HEIGHT}" fill="{paper}"/>'
    extra = ' font-weight="bold"' * (1 in style) + ' opacity="0.6"' * (2 in style) + ' text-decoration="underline"' * (4 in style)
    if text.strip():
        yield (f'<text x="{x:.1f}" y="{y + 13}" fill="{ink}"{extra} textLength="{len(text) * WIDTH:.1f}" xml:space="preserve">'
               f"{escape(text)}</text>")


def main():
    lines = sys.stdin.read().replace("\r", "").rstrip("\n").split("\n")
    columns = max(sum(len(text) for _, text, _ in runs_of(line)) for line in lines)
    width, height = columns * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" viewBox="0 0 {width:.0f} {height}" '
          'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">')
    print(f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>')
    for row, line in enumerate(lines):
        for column, text, style in runs_of(line):
            print("\n".join(svg_of_run(column, row, text, style)))
    print("</svg>")


main()
