"""Opening a drawing safely: no document type, no entities, no network, a limit of size."""

import re

from lxml import etree

from anzhi.foundation.workflow.bpmn.flaws import Flaw, Unrunnable

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS = "urn:anzhi:workflow:1"
MOST = 1024 * 1024
DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def opened(source: bytes, most: int = MOST) -> etree._Element:
    """The root of a drawing. Raises Unrunnable."""
    if len(source) > most:
        raise Unrunnable([Flaw("too_big", detail=str(most // 1024))])
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unrunnable([Flaw("not_text")]) from None
    if DOCTYPE.search(text):
        raise Unrunnable([Flaw("dtd")])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unrunnable([Flaw("not_xml", detail=_short(error))]) from None
    if root.tag != f"{{{MODEL}}}definitions":
        raise Unrunnable([Flaw("not_bpmn")])
    return root


def process_of(root: etree._Element) -> etree._Element:
    """Its one process. Raises Unrunnable."""
    found = root.findall(f"{{{MODEL}}}process")
    if len(found) != 1:
        raise Unrunnable([Flaw("processes", detail=str(len(found)))])
    return found[0]


def local(element: etree._Element) -> str:
    """The name of an element of the standard; empty for anybody else's."""
    name = etree.QName(element)
    return name.localname if name.namespace == MODEL else ""


def ours(element: etree._Element) -> dict[str, str]:
    """Our own attributes."""
    mark = f"{{{OURS}}}"
    return {str(k).removeprefix(mark): str(v) for k, v in element.attrib.items() if str(k).startswith(mark)}


def extensions(element: etree._Element, name: str) -> list[etree._Element]:
    """Our own elements below its extensions."""
    return element.findall(f"{{{MODEL}}}extensionElements/{{{OURS}}}{name}")


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120].rstrip(".")
