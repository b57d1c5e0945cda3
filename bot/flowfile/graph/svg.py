"""A layout as SVG that stands for itself: no styles, scripts or fonts of its own, so that any page may show it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bot.flowfile.graph.layout import (
    LINE,
    PAD,
    PILL_AIR,
    SMALL,
    SMALL_LINE,
    TEXT,
    Box,
    Layout,
    Line,
    laid_out,
    pill_height,
)
from bot.flowfile.graph.letters import wrapped
from bot.flowfile.graph.picture import Node, Picture
from bot.flowfile.graph.shapes import COLOURS, outline
from bot.flowfile.problem import ERROR, Problem

FONTS = (
    "'Noto Sans', 'Noto Sans Devanagari', 'Noto Sans Khmer', system-ui, 'Segoe UI', Roboto, 'Khmer OS', Mangal,"
    " sans-serif"
)
INK, SOFT, WIRE, WRONG, WORTH = "#1c2733", "#54616e", "#5d6f80", "#b3261e", "#8a5a00"
EDGE, TITLE = 24.0, 26.0
MOST_TOLD = 12


def as_svg(picture: Picture) -> str:
    """Return the picture as an SVG file."""
    layout = laid_out(picture)
    told = _told(picture.problems, layout.width)
    wide = max(layout.width, 320.0) + 2 * EDGE
    high = layout.height + TITLE + 2 * EDGE + len(told) * SMALL_LINE + (10 if told else 0)
    left = EDGE + max(0.0, (320.0 - layout.width) / 2)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}"'
            f' height="{high:.0f}" role="img" aria-labelledby="picture-title picture-words" font-family="{FONTS}">',
            f'<title id="picture-title">{escape(picture.title)}</title>',
            f'<desc id="picture-words">{escape(picture.described())}</desc>',
            '<defs><marker id="arrowhead" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
            f' orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="{WIRE}"/></marker></defs>',
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            _text(picture.title, EDGE, EDGE + 12, 16, INK, bold=True),
            f'<g transform="translate({left:.1f} {EDGE + TITLE:.1f})">',
            *_wires(layout.lines),
            *_things(layout),
            "</g>",
            *(
                _text(line, EDGE, high - EDGE - (len(told) - 1 - place) * SMALL_LINE, SMALL, colour)
                for place, (line, colour) in enumerate(told)
            ),
            "</svg>",
            "",
        ]
    )


def _told(problems: Iterable[Problem], wide: float) -> list[tuple[str, str]]:
    """Return lines for the problems that belong to no box."""
    problems = list(problems)
    lines = [
        (line, _colour([problem]))
        for problem in problems[:MOST_TOLD]
        for line in wrapped(f"{problem.code} {problem.file}:{problem.line} {problem.message}", SMALL, max(wide, 320), 3)
    ]
    more = len(problems) - MOST_TOLD
    return [*lines, (f"… and {more} more", SOFT)] if more > 0 else lines


def _wires(lines: Iterable[Line]) -> Iterable[str]:
    for line in lines:
        (x, y), (to_x, to_y) = line.start, line.end
        bend = (to_y - y) * 0.55
        path = (
            f"M{x:.1f} {y:.1f}V{to_y:.1f}"
            if abs(to_x - x) < 0.5
            else (f"M{x:.1f} {y:.1f}C{x:.1f} {y + bend:.1f} {to_x:.1f} {to_y - bend:.1f} {to_x:.1f} {to_y:.1f}")
        )
        head = ' marker-end="url(#arrowhead)"' if line.head else ""
        yield f'<path d="{path}" fill="none" stroke="{WIRE}" stroke-width="1.4"{_dash(line.faint)}{head}/>'


def _things(layout: Layout) -> Iterable[str]:
    for name, box in layout.boxes.items():
        x, top = layout.middles[name], layout.tops[name]
        if box.node is not None:
            yield _node(box, box.node, x, top)
        elif box.labels:
            yield _label(box, x, top)
        elif box.height:
            yield f'<path d="M{x:.1f} {top:.1f}v{box.height:.1f}" stroke="{WIRE}" stroke-width="1.4"{_dash(box.faint)}/>'


def _dash(faint: bool) -> str:
    return ' stroke-dasharray="5 4"' if faint else ""


def _label(box: Box, x: float, top: float) -> str:
    parts = []
    for label in box.labels:
        high = pill_height(label)
        parts.append(
            f'<rect x="{x - box.width / 2:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{high:.1f}" rx="9"'
            f' fill="#f1f5f8" stroke="#b9c6d1"{_dash(box.faint)}/>'
        )
        parts += [_text(line, x, top + 14 + at * SMALL_LINE, SMALL, INK, middle=True) for at, line in enumerate(label)]
        top += high + PILL_AIR
    return f"<g>{''.join(parts)}</g>"


def _node(box: Box, node: Node, x: float, top: float) -> str:
    fill, line = COLOURS[node.kind]
    stroke = f'stroke="{_colour(node.problems) if node.problems else line}" stroke-width="{_weight(node)}"'
    if node.problems and not any(p.severity == ERROR for p in node.problems):
        stroke += ' stroke-dasharray="8 3"'
    hover = "\n".join([node.heading, node.text, *map(str, node.problems)])
    step = f' data-name="{escape(node.id)}"' if not node.id.startswith("!") and ">" not in node.id else ""
    body = "".join([_words(box, node, x, top)]) if node.kind != "end" else ""
    return (
        f'<g data-kind="{node.kind}"{step}><title>{escape(hover)}</title>'
        f"{outline(node, x, top, box.width, box.height, fill, stroke)}{body}</g>"
    )


def _words(box: Box, node: Node, x: float, top: float) -> str:
    y = top + PAD + 8
    left = x - box.width / 2 + PAD + (8 if node.kind == "decide" else 0)
    heading = wrapped(node.heading, SMALL, box.width - 2 * PAD - (16 if node.kind == "decide" else 0), 1)[0]
    parts = [_text(heading, left, y, SMALL, SOFT)]
    for line in box.lines:
        y += LINE
        parts.append(_text(line, left, y, TEXT, INK))
    for line in box.note:
        y += SMALL_LINE
        parts.append(_text(line, left, y, SMALL, SOFT))
    if node.problems:
        codes = " ".join(dict.fromkeys(p.code for p in node.problems))
        wide = box.width - 2 * PAD
        parts.append(
            _text(
                wrapped(f"⚠ {codes}", SMALL, wide, 1)[0], left, y + SMALL_LINE, SMALL, _colour(node.problems), bold=True
            )
        )
    return "".join(parts)


def _text(text: str, x: float, y: float, size: float, colour: str, *, middle: bool = False, bold: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{anchor}{weight}>{escape(text)}</text>'


def _colour(problems: Iterable[Problem]) -> str:
    return WRONG if any(p.severity == ERROR for p in problems) else WORTH


def _weight(node: Node) -> str:
    return "2.5" if any(p.severity == ERROR for p in node.problems) else "1.4"
