"""Markdown into blocks of text: paragraphs, emphasis and lists of one level. Anything else is a trouble of its line.

CommonMark is read in full, and then most of it refused: what was not read would be printed as it was typed.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from alignment_report.model.narrative import Block, Listing, Paragraph, Run, Runs

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_SPACES = re.compile("[ \t\n]+")
_REFUSED = {
    "heading": ("a heading", "the section has its own; write a paragraph, and put a blank line before a line of dashes"),
    "hr": ("a rule across the page", "delete it"),
    "blockquote": ("a quotation behind `>`", "put what is quoted in quotation marks"),
    "code_block": ("a line indented by four spaces or more", "indent the text of one value alike"),
    "fence": ("a block of code", "write it as text"),
    "code_inline": ("code between backticks", "write it as text, or in quotation marks"),
    "html_block": ("HTML", r"write it as text; for the sign itself write \<"),
    "html_inline": ("HTML", r"write it as text; for the sign itself write \<"),
    "link": ("a link", "the playbook is read on paper too: write the address as text"),
    "image": ("a picture", "delete it"),
    "table": ("a table", "write a list"),
    "s": ("text struck through", "delete it"),
    "entity": ("a sign written as HTML would (&…;)", "write the sign itself"),
    "nested": ("a list within a list", "write one list"),
    "paragraphs": ("an entry of several paragraphs", "write one paragraph an entry"),
    "start": ("a list that does not start with 1", r"start with 1, or write 2026\. where no list is meant"),
    "empty": ("an entry without words", "write it, or delete the line"),
}


class Trouble(NamedTuple):
    """What may not stand in a text; `row` counts lines from 0."""

    row: int
    says: str
    hint: str


def read_markdown(text: str) -> tuple[tuple[Block, ...], tuple[Trouble, ...]]:
    """The blocks of a text, and every trouble in the order of its lines."""
    # Its import costs more than reading a client's files, so only where there is a text.
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
    references: dict[str, dict[str, dict[str, list[int]]]] = {}
    root = SyntaxTreeNode(parser.parse(text, references))
    troubles = [_trouble("link", found["map"][0]) for found in references.get("references", {}).values()]
    blocks = tuple(_blocks(root.children, troubles))
    return blocks, tuple(sorted(troubles))


def _trouble(kind: str, row: int) -> Trouble:
    what, hint = _REFUSED[kind]
    return Trouble(row, f"the consultant's words are paragraphs and lists, and this is {what}", hint)


def _blocks(nodes: Iterable["SyntaxTreeNode"], troubles: list[Trouble]) -> Iterator[Block]:
    for node in nodes:
        if node.type == "paragraph":
            yield Paragraph(_runs(node, troubles))
        elif node.type in ("bullet_list", "ordered_list"):
            if "start" in node.attrs:
                troubles.append(_trouble("start", _row(node)))
            yield Listing(node.type == "ordered_list", tuple(_entry(item, troubles) for item in node.children))
        else:
            troubles.append(_trouble(node.type, _row(node)))


def _entry(item: "SyntaxTreeNode", troubles: list[Trouble]) -> Runs:
    if not item.children:
        troubles.append(_trouble("empty", _row(item)))
        return ()
    first, *rest = item.children
    for node in rest:
        kind = {"paragraph": "paragraphs", "bullet_list": "nested", "ordered_list": "nested"}.get(node.type, node.type)
        troubles.append(_trouble(kind, _row(node)))
    if first.type != "paragraph":
        troubles.append(_trouble("nested" if first.type.endswith("_list") else first.type, _row(first)))
        return ()
    return _runs(first, troubles)


def _row(node: "SyntaxTreeNode") -> int:
    return node.map[0] if node.map else 0


def _runs(paragraph: "SyntaxTreeNode", troubles: list[Trouble]) -> Runs:
    """The runs of a paragraph, neighbours of one kind joined, any breaks and runs of spaces as one space."""
    joined: list[Run] = []
    for run in _pieces(paragraph, Run(""), troubles, [_row(paragraph)]):
        text = run.text
        if joined and (joined[-1].strong, joined[-1].emphasis) == (run.strong, run.emphasis):
            text = joined.pop().text + text
        joined.append(Run(_SPACES.sub(" ", text), run.strong, run.emphasis))
    return tuple(run for run in joined if run.text)


def _pieces(node: "SyntaxTreeNode", around: Run, troubles: list[Trouble], rows: list[int]) -> Iterator[Run]:
    """The text within a node as runs; the last of `rows` is the line that was reached."""
    for child in node.children:
        match child.type:
            case "inline":
                yield from _pieces(child, around, troubles, rows)
            case "strong":
                yield from _pieces(child, Run("", True, around.emphasis), troubles, rows)
            case "em":
                yield from _pieces(child, Run("", around.strong, True), troubles, rows)
            case "softbreak" | "hardbreak":
                rows.append(rows[-1] + 1)
                yield Run(" ", around.strong, around.emphasis)
            case "text_special" if child.markup.startswith("&"):
                troubles.append(_trouble("entity", rows[-1]))
            case "text" | "text_special":
                yield Run(child.content, around.strong, around.emphasis)
            case refused:
                troubles.append(_trouble(refused, rows[-1]))
