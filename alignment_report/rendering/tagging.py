"""The engine's tagged PDF into one that is PDF/UA-1 and PDF/A-3a in the same file.

What the engine leaves open: running headers and footers become artifacts, header cells say what they head, pictures say where they stand in
the units of the page, links say where they lead, and the metadata hold title and language only. A PDF here is the engine's list of
objects, before it is written.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

_POINTS = 0.75
"""Points of a CSS pixel, the unit in which the engine notes where a picture stands."""

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
"""ISO 14289-1, 5 (the part of PDF/UA), in a packet as ISO 19005-3, 6.6 asks for it: what is no property of PDF/A is described beside it."""


def finish(pdf: Any, title: str, links: Mapping[str, str]) -> None:
    """Mends the PDF in place. `links` says for each address within the document what a link to it is called."""
    _set_metadata(pdf, title)
    _leave_out_running_parts(pdf)
    pages = {reference: _object(pdf, reference) for reference in pdf.page_references}
    for thing in _dictionaries(pdf):
        if thing.get("S") == "/TH":
            thing["A"]["Scope"] = "/Column" if _stands_in_head(pdf, thing) else "/Row"
        elif thing.get("S") == "/Figure":
            _place(thing, pages[thing["Pg"]])
        elif thing.get("Subtype") == "/Link":
            contents = thing["Contents"]
            contents.string = links.get(contents.string, contents.string)


def with_plain_ends(file: bytes) -> bytes:
    """The written file, where a stream that happens to end with a carriage return is not followed by a line feed: the two together would pass
    for one end of a line, and the stream for shorter than it says (ISO 19005-3, 6.1.7.1). No byte moves."""
    return file.replace(b"\r\nendstream", b"\r\rendstream")


def _set_metadata(pdf: Any, title: str) -> None:
    """Title and language alone; not compressed, so that what archives files can read it."""
    for name in [name for name in pdf.info if name != "Title"]:
        del pdf.info[name]
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.stream = [_PACKET.format(title=escape(title)).encode()]
    metadata.compress = False


def _leave_out_running_parts(pdf: Any) -> None:
    """What no reader reaches through the tags, the margins of the pages, is marked as such and loses its tags."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    reached = _reached(pdf, root)
    numbered = _object(pdf, root["ParentTree"])["Nums"]
    for page, elements in zip(pdf.page_references, numbered[1::2], strict=False):
        left = {number for number, element in enumerate(elements) if element not in reached}
        _mark_as_artifacts(_object(pdf, _object(pdf, page)["Contents"]).stream, left)
        for number in left:
            elements[number] = "null"
    for thing in _dictionaries(pdf):
        if thing.get("Type") == "/StructElem" and thing.reference not in reached:
            thing.clear()


def _reached(pdf: Any, root: Any) -> set[bytes]:
    reached: set[bytes] = set()
    waiting = list(root["K"])
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, bytes):
            reached.add(kid)
            waiting.extend(_object(pdf, kid).get("K", ()))
    return reached


def _mark_as_artifacts(stream: list[Any], numbers: set[int]) -> None:
    for place, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in numbers:
            stream[place - 1] = "/Artifact"
            part.clear()
            part["Type"] = "/Pagination"


def _stands_in_head(pdf: Any, cell: Any) -> bool:
    return bool(_object(pdf, _object(pdf, cell["P"])["P"])["S"] == "/THead")


def _place(figure: Any, page: Any) -> None:
    """The engine counts pixels from the top, the page points from its foot."""
    left, top, right, bottom = (edge * _POINTS for edge in figure["A"]["BBox"])
    height = page["MediaBox"][3]
    figure["A"]["BBox"][:] = left, height - bottom, right, height - top


def _dictionaries(pdf: Any) -> Iterator[Any]:
    return (thing for thing in pdf.objects if isinstance(thing, dict))


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
