"""States, stages and milestones of a project, and the guards of Decree 471 between them, as tables."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What is built."""

    HYDROPOWER = "hydropower", _("Hydropower station")
    RESERVOIR = "reservoir", _("Reservoir")
    DIVERSION = "diversion", _("Water diversion")
    PUMPED_STORAGE = "pumped_storage", _("Pumped storage")
    OTHER = "other", pgettext_lazy("project kind", "Other")


class Regime(TextChoices):
    """Whose standards hold: those of the water or of the hydropower ministry's line."""

    WATER = "water", _("Water conservancy (SL)")
    HYDROPOWER = "hydropower", _("Hydropower (NB/T)")


class Basin(TextChoices):
    """The river systems of Yunnan."""

    JINSHA = "JS", _("Jinsha system")
    LANCANG = "LC", _("Lancang system")
    NUJIANG = "NJ", _("Nujiang system")
    HONGHE = "HH", _("Red River system")
    PEARL = "NP", _("Pearl River system")
    IRRAWADDY = "YL", _("Irrawaddy system")
    YANGTZE = "CJ", _("Other rivers of the Yangtze")


class Build(TextChoices):
    """How far the works are; `suspended` stands beside it."""

    PLANNED = "planned", _("Planned")
    CONSTRUCTION = "construction", _("Under construction")
    BUILT = "built", _("Built")


class Stage(TextChoices):
    """The finer life of a project. Support runs beside implementation, person by person."""

    REGISTERED = "S0", _("Registered")
    NOTICE = "S1", _("Notice issued")
    INVENTORY = "S2", pgettext_lazy("stage", "Inventory")
    OUTLINE = "S3", pgettext_lazy("stage", "Outline")
    PLAN = "S4", pgettext_lazy("stage", "Resettlement plan")
    APPROVAL = "S5", pgettext_lazy("stage", "Project approved")
    AGREEMENT = "S6", pgettext_lazy("stage", "Agreement signed")
    IMPLEMENTATION = "S7", _("Implementation")
    PHASE = "S8", _("Phase acceptance")
    COMPLETION = "S9", pgettext_lazy("stage", "Completion acceptance")
    SUPPORT = "S10", _("Post-relocation support")
    ARCHIVED = "S11", _("Archived")


class Role(TextChoices):
    """What a county has to do with a project."""

    HUB = "hub", _("Dam and works")
    FLOODED = "flooded", _("Flooded land")
    OCCUPIED = "occupied", _("Occupied land")
    RECEIVES = "receives", _("Receives resettlers")
    INVOLVED = "involved", _("Involved, role not known")


class Step(TextChoices):
    """Milestones, in the order in which their dates may follow each other."""

    NOTICE = "notice", _("Notice against new building")
    INVENTORY = "inventory", _("Inventory")
    OUTLINE = "outline", _("Outline approved")
    PLAN = "plan", _("Resettlement plan reviewed")
    APPROVAL = "approval", _("Project approved")
    AGREEMENT = "agreement", _("Resettlement agreement")
    START = "start", _("Start of works")
    CLOSURE_ACCEPTANCE = "closure_acceptance", _("Acceptance before river closure")
    CLOSURE = "closure", _("River closure")
    IMPOUND_ACCEPTANCE = "impound_acceptance", _("Acceptance before impoundment")
    IMPOUND = "impound", _("Impoundment")
    FIRST_UNIT = "first_unit", _("First unit on the grid")
    COMPLETION_ACCEPTANCE = "completion_acceptance", _("Completion acceptance of resettlement")
    COMPLETION = "completion", _("Completion of works")


ORDER: tuple[str, ...] = tuple(Step.values)


@dataclass(frozen=True)
class Guard:
    """What must stand before a milestone may be set, and where the Decree (国务院令第471号) says so."""

    needs: Step
    article: int
    why: Promise


GUARDS: dict[Step, Guard] = {
    Step.INVENTORY: Guard(Step.NOTICE, 7, _("The inventory may not begin before the notice.")),
    Step.OUTLINE: Guard(Step.INVENTORY, 7, _("The outline rests on a signed and published inventory.")),
    Step.PLAN: Guard(Step.OUTLINE, 10, _("The plan needs an approved outline.")),
    Step.APPROVAL: Guard(Step.PLAN, 15, _("Without a reviewed plan the project may not be approved.")),
    Step.AGREEMENT: Guard(Step.PLAN, 27, _("The agreement follows the approved plan.")),
    Step.START: Guard(Step.AGREEMENT, 27, _("The agreement must be signed before works begin.")),
    Step.CLOSURE: Guard(Step.CLOSURE_ACCEPTANCE, 37, _("No river closure before the resettlement was accepted.")),
    Step.IMPOUND: Guard(Step.IMPOUND_ACCEPTANCE, 37, _("No impoundment before the resettlement was accepted.")),
    Step.COMPLETION: Guard(Step.COMPLETION_ACCEPTANCE, 37, _("No completion before the resettlement was accepted.")),
}
REACHED: dict[Step, Stage] = {
    Step.NOTICE: Stage.NOTICE,
    Step.INVENTORY: Stage.INVENTORY,
    Step.OUTLINE: Stage.OUTLINE,
    Step.PLAN: Stage.PLAN,
    Step.APPROVAL: Stage.APPROVAL,
    Step.AGREEMENT: Stage.AGREEMENT,
    Step.START: Stage.IMPLEMENTATION,
    Step.CLOSURE_ACCEPTANCE: Stage.PHASE,
    Step.CLOSURE: Stage.PHASE,
    Step.IMPOUND_ACCEPTANCE: Stage.PHASE,
    Step.IMPOUND: Stage.PHASE,
    Step.FIRST_UNIT: Stage.PHASE,
    Step.COMPLETION_ACCEPTANCE: Stage.COMPLETION,
    Step.COMPLETION: Stage.COMPLETION,
}
BUILT_BY: dict[Step, Build] = {Step.START: Build.CONSTRUCTION, Step.COMPLETION: Build.BUILT}


class View(TextChoices):
    """Where a picture of a project is taken from."""

    UPSTREAM = "upstream", _("From upstream")
    DOWNSTREAM = "downstream", _("From downstream")
    LEFT = "left", _("From the left bank")
    RIGHT = "right", _("From the right bank")
    RESERVOIR = "reservoir", _("The reservoir")
    AERIAL = "aerial", _("From the air")
