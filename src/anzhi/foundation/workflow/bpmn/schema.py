"""The BPMN 2.0 schema of the standard, as the npm package `bpmn-moddle` ships it."""

from functools import cache
from pathlib import Path

from lxml import etree

from anzhi.foundation.workflow.bpmn.flaws import Flaw
from anzhi.foundation.workflow.bpmn.reader import opened

INSIDE = Path("bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd")


@cache
def _schema(modules: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(modules / INSIDE, etree.XMLParser(no_network=True)))


def departures(source: bytes, modules: Path) -> list[Flaw]:
    """Where a drawing departs from the schema; `modules` is the folder of the npm packages."""
    schema = _schema(modules)
    if schema.validate(opened(source)):
        return []
    return [Flaw("schema", detail=f"{error.line}: {error.message[:200].rstrip('.')}") for error in schema.error_log]
