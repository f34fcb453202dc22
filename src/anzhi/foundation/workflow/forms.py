"""The forms of acts: what each asks, and what it then says to the engine."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.web.fields import Reason
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.rules.plan import ABSTAIN, PASS, REJECT, Resume
from anzhi.foundation.workflow.states import Act, Side

WAYS = {PASS: _("Agree"), REJECT: _("Refuse approval")}
VOTES = {PASS: _("Agree"), REJECT: _("Against"), ABSTAIN: _("Abstain")}
Choices = Iterable[tuple[Any, Any]]
Given = Mapping[str, Choices] | None


def opinion(**options: Any) -> forms.CharField:
    """What is said; stays on record."""
    told: dict[str, Any] = {
        "label": _("Opinion"),
        "max_length": 2000,
        "widget": forms.Textarea(attrs={"rows": 3}),
    } | options
    return forms.CharField(**told)


class ActForm(forms.Form):
    """One press of a button: its key, and the version of the case its page showed."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    expect = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, choices: Mapping[str, Choices] | None = None, version: int = 0, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"key": get_random_string(32), "expect": version} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for name, found in (choices or {}).items():
            if name in self.fields:
                self.fields[name].choices = list(found)  # type: ignore[attr-defined]  # fields of choices only

    def said(self) -> Said:
        """What goes to the engine."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("key", "expect")}
        if "people" in told:
            people = told["people"]
            told["people"] = tuple(int(one) for one in ([people] if isinstance(people, str) else people))
        if "items" in told:
            told["items"] = tuple(line.strip() for line in told["items"].splitlines() if line.strip())
        if told.get("until"):
            told["until"] = make_aware(datetime.combine(told["until"], time(23, 59)))
        return Said(**told)


class PassForm(ActForm):
    """Pass, by one of the ways of the step."""

    outcome = forms.ChoiceField(label=_("Decision"), required=False, widget=forms.RadioSelect)
    opinion = opinion(required=False)

    def __init__(self, *args: Any, choices: Given = None, **kwargs: Any) -> None:
        super().__init__(*args, choices=choices, **kwargs)
        if len(list((choices or {}).get("outcome", ()))) < 2:
            del self.fields["outcome"]


class VoteForm(ActForm):
    """A vote with its opinion."""

    outcome = forms.ChoiceField(label=_("Vote"), widget=forms.RadioSelect)
    opinion = opinion(required=False, help_text=_("Needed when you are against."))


class ReasonedForm(ActForm):
    """An act that says why."""

    opinion = Reason(max_length=2000)


class AnswerForm(ActForm):
    """An opinion that was asked for."""

    opinion = opinion()


class ReturnForm(ActForm):
    """To which step, how it comes back, and what is missing."""

    to = forms.ChoiceField(label=_("Back to"))
    resume = forms.ChoiceField(
        label=_("Afterwards"),
        choices=[(Resume.STEP.value, _("step by step again")), (Resume.JUMP.value, _("straight back here"))],
    )
    items = forms.CharField(
        label=_("What is to be completed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing a line, all at once. Needed when it goes back to who handed it in; the clocks stand."),
    )
    opinion = Reason(max_length=2000)


class PeopleForm(ActForm):
    """Several people."""

    people = forms.MultipleChoiceField(label=_("People"), widget=forms.CheckboxSelectMultiple)


class AddSignForm(PeopleForm):
    """Who else signs, and where."""

    side = forms.ChoiceField(label=_("They sign"), choices=Side.choices)
    opinion = opinion(required=False, label=_("What is asked"))


class CopyForm(PeopleForm):
    """Who reads it, perhaps by a day."""

    until = forms.DateField(label=_("To be read by"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    opinion = opinion(required=False, label=_("Note"), max_length=300)


class PersonForm(ActForm):
    """One person."""

    people = forms.ChoiceField(label=_("Person"))
    opinion = opinion(required=False)


class UrgeForm(ActForm):
    """A reminder."""

    opinion = opinion(required=False, label=_("Note"), max_length=300)


class ReadForm(ActForm):
    """A receipt."""

    copy = forms.IntegerField(widget=forms.HiddenInput)


FORMS: dict[Act, type[ActForm]] = {
    Act.PASS: PassForm,
    Act.VOTE: VoteForm,
    Act.ANSWER: AnswerForm,
    Act.REJECT: ReasonedForm,
    Act.RETURN: ReturnForm,
    Act.ADD_SIGN: AddSignForm,
    Act.REDUCE_SIGN: ReasonedForm,
    Act.TRANSFER: PersonForm,
    Act.ASSIGN: PersonForm,
    Act.WITHDRAW: ActForm,
    Act.URGE: UrgeForm,
    Act.TERMINATE: ReasonedForm,
    Act.OPEN: ActForm,
    Act.CC: CopyForm,
    Act.READ: ReadForm,
    Act.PAUSE: ReasonedForm,
    Act.RESUME: ActForm,
}


class AttachForm(forms.Form):
    """A document under the name a step asks for, or another."""

    name = forms.CharField(label=_("Which document"), max_length=80)
    paper = forms.FileField(label=_("File"), help_text=_("Nothing classified."))
