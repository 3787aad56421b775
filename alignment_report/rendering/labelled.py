"""A table's markup into one whose cells name their columns, so that a small screen can put each row's cells below one another."""

import re

from markupsafe import Markup

_HEAD = re.compile(r"<thead>(.*?)</thead>", re.DOTALL)
_HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_SIGN = re.compile(r'<span class="sign"[^>]*>.*?</span>', re.DOTALL)
_ELEMENT = re.compile(r"<[^>]*>")
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b(?![^>]*colspan)")


def labelled(markup: Markup) -> Markup:
    """The markup of one table, each `td` of one column with its header as `data-label`; unchanged where it has no head of one row.

    Texts in it are escaped already, so that what looks like an element is one, and a header can stand in an attribute as it is.
    """
    table = str(markup)
    head = _HEAD.search(table)
    if head is None:
        return markup
    names = [" ".join(_ELEMENT.sub("", _SIGN.sub("", name)).split()) for name in _HEADER.findall(head[1])]
    body = _ROW.sub(lambda row: _labelled_row(row[0], names), table[head.end() :])
    return Markup(table[: head.end()] + body)  # noqa: S704 - our own markup with its own texts moved about


def _labelled_row(row: str, names: list[str]) -> str:
    left = iter(names)

    def with_label(cell: re.Match[str]) -> str:
        name = next(left, "")
        return f'<td data-label="{name}"' if cell[1] == "td" and name else cell[0]

    return _CELL.sub(with_label, row)
