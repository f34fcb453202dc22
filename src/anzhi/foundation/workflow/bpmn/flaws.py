"""What is wrong with a drawing: each flaw names its element and says what would cure it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "too_big": gettext_lazy("The file is larger than %(detail)s kB."),
    "not_text": gettext_lazy("The file is not UTF-8 text."),
    "dtd": gettext_lazy("The file holds a document type or entities; save it without them."),
    "not_xml": gettext_lazy("The file is not well-formed XML: %(detail)s."),
    "not_bpmn": gettext_lazy("The file is not a BPMN 2.0 drawing."),
    "processes": gettext_lazy("A drawing holds exactly one process; this one holds %(detail)s."),
    "element": gettext_lazy("“%(detail)s” cannot be run. Take it out, or draw it with steps and gateways."),
    "inside": gettext_lazy("It holds “%(detail)s”, which cannot be run. Take it out."),
    "code": gettext_lazy("No code runs from a drawing: name a registered condition instead."),
    "id": gettext_lazy("Its id must begin with a letter and hold only letters, digits, “.”, “-” and “_”."),
    "id_twice": gettext_lazy("Another element has the same id."),
    "name_long": gettext_lazy("Its name is longer than %(detail)s characters."),
    "name_marks": gettext_lazy("Its name holds invisible characters."),
    "word": gettext_lazy("“%(detail)s” is not a property it can have."),
    "value": gettext_lazy("The value of “%(detail)s” cannot be understood."),
    "starts": gettext_lazy("There must be exactly one start; there are %(detail)s."),
    "start_way": gettext_lazy("The start leads to exactly one step."),
    "no_steps": gettext_lazy("There is no step where somebody acts."),
    "dangling": gettext_lazy("It leads to “%(detail)s”, which is not there."),
    "no_way_out": gettext_lazy("No way leads out of it."),
    "many_ways": gettext_lazy("Several ways lead out of it: draw a gateway behind it and name each way."),
    "unnamed": gettext_lazy("Ways out of this gateway have neither a name nor a condition."),
    "outcome_twice": gettext_lazy("Two ways have the same outcome “%(detail)s”."),
    "no_pass": gettext_lazy("One of its ways must have the outcome “pass”."),
    "vote_ways": gettext_lazy("A countersigning leads on by “pass” or “reject” only, not by “%(detail)s”."),
    "no_default": gettext_lazy("One way must hold when no condition does: leave one without a condition."),
    "two_defaults": gettext_lazy("Only one way may be without a condition."),
    "unreachable": gettext_lazy("No way leads to it."),
    "no_end": gettext_lazy("From here no end can be reached."),
    "idle_loop": gettext_lazy("This loop has no step where somebody acts."),
    "gateway_both": gettext_lazy("A parallel gateway either splits or joins; draw two."),
    "gateway_idle": gettext_lazy("This parallel gateway neither splits nor joins."),
    "crossing": gettext_lazy("It is reached from inside and outside a parallel branch."),
    "branch_end": gettext_lazy("A parallel branch ends here before it joins the others."),
    "no_fork": gettext_lazy("Nothing was split that could be joined here."),
    "two_joins": gettext_lazy("The branches of this split do not meet at one gateway."),
    "no_assignee": gettext_lazy("It does not say who acts."),
    "role": gettext_lazy("There is no role “%(detail)s”."),
    "agency": gettext_lazy("There is no open office “%(detail)s”."),
    "department": gettext_lazy("The office has no division “%(detail)s”."),
    "need": gettext_lazy("“%(detail)s” is no number of people: any, all, a number from 1, or 1 to 100 per cent."),
    "condition": gettext_lazy("No condition is registered as “%(detail)s”."),
    "effect": gettext_lazy("No effect is registered as “%(detail)s”."),
    "call": gettext_lazy("No published definition is called “%(detail)s”."),
    "parameter": gettext_lazy("There is no parameter “%(detail)s”."),
    "apart": gettext_lazy("“%(detail)s” is not a step of this drawing."),
    "table": gettext_lazy("Its decision table has no line."),
    "table_last": gettext_lazy("The last line of its decision table must fit everything."),
    "table_shadow": gettext_lazy("Line %(detail)s of its decision table can never be reached."),
    "table_way": gettext_lazy("Its decision table names “%(detail)s”, and no way is called so."),
    "schema": gettext_lazy("It departs from the BPMN 2.0 schema: %(detail)s."),
}


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong, at an element (its id)."""

    code: str
    element: str = ""
    detail: str = ""

    def __str__(self) -> str:
        said = SENTENCES[self.code] % {"detail": self.detail}
        return _("%(element)s: %(said)s") % {"element": self.element, "said": said} if self.element else str(said)


class Unrunnable(ValidationError):
    """A drawing that is refused, with every flaw found."""

    def __init__(self, flaws: list[Flaw]) -> None:
        self.flaws = flaws
        super().__init__([str(flaw) for flaw in flaws])

    @property
    def codes(self) -> list[tuple[str, str]]:
        """(code, element) of each flaw."""
        return [(flaw.code, flaw.element) for flaw in self.flaws]
