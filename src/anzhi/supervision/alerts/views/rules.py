"""Pages of rules: their limits, what a change would do, who published what."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage, Page
from anzhi.foundation.web.requests import Request
from anzhi.supervision.alerts import explain, gaps, queries, story, whatif
from anzhi.supervision.alerts.findings import limits_of
from anzhi.supervision.alerts.forms import LimitsForm, written
from anzhi.supervision.alerts.services import versions
from anzhi.supervision.alerts.types.base import RuleType
from anzhi.supervision.alerts.types.catalogue import TYPES


class RuleList(Page):
    """The types of rules with their limits and what they found."""

    permission = Permission.RULE_VIEW
    title = _("Alert rules")
    template = "alerts/rules.html"

    def context(self) -> dict[str, Any]:
        """A card a type."""
        return {"rules": story.rules(self.scope)}


class RulePage(DetailPage):
    """One rule: the sentence, its limits by level with their basis, its versions."""

    permission = Permission.RULE_VIEW
    nav = "alerts:rules"
    template = "alerts/rule.html"
    row = queries.rule

    @property
    def title(self) -> str:
        """The type's name."""
        return str(TYPES[self.object.type].label)

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the rules."""
        return (Crumb(_("Alert rules"), reverse("alerts:rules")), Crumb(self.title))

    @property
    def sentence(self) -> str:
        """What the rule asks, in one sentence."""
        return str(story.SENTENCES[self.object.type])

    @property
    def acts(self) -> list[Act]:
        """Draft new limits; publish a draft, or read why not."""
        code = self.object.type
        offered = [
            Act(_("Draft new limits"), reverse("alerts:rule-draft", args=[code]), "edit", "", Permission.RULE_EDIT)
        ]
        if draft := queries.draft_of(code):
            url, reason = reverse("alerts:rule-publish", args=[code]), versions.may_publish(draft, self.actor).reason
            kind = "" if reason else "main"
            offered.append(Act(_("Publish the draft"), url, "send", kind, Permission.RULE_PUBLISH, reason, post=True))
        return offered

    def context(self) -> dict[str, Any]:
        """Limits, draft, versions, counts, silent accounts."""
        rule, draft = TYPES[self.object.type], queries.draft_of(self.object.type)
        silent, many = gaps.gaps(self.scope, clock.today()) if rule.code == "IDLE_FUND" else ([], 0)
        return {
            "rule": rule,
            "bands": story.bands(rule),
            "versions": queries.versions(self.object.type),
            "counts": queries.counts_of_type(self.scope, self.object.type),
            "basis": explain.BASIS[self.object.type],
            "draft": draft,
            "changes": story.changes(rule, draft) if draft else [],
            "silent": silent,
            "silent_many": many,
            "history": audit.history(self.object),
        }


class RuleDraft(FormPage):
    """New limits with what they would change today; trying them writes nothing."""

    permission = Permission.RULE_EDIT
    nav = "alerts:rules"
    row, form = queries.rule, LimitsForm
    template = "alerts/draft.html"
    styles = ("alerts/css/alert.css",)
    submit = _("Keep as draft")
    done = _("The draft is kept. Another person publishes it.")

    @property
    def rule(self) -> RuleType:
        """Of this address."""
        return TYPES[self.object.type]

    @property
    def title(self) -> str:
        """The type's name."""
        return gettext("%(rule)s: new limits") % {"rule": self.rule.label}

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the rule."""
        here = reverse("alerts:rule", args=[self.object.type])
        return (Crumb(_("Alert rules"), reverse("alerts:rules")), Crumb(str(self.rule.label), here))

    @property
    def back(self) -> str:
        """To the rule."""
        return reverse("alerts:rule", args=[self.object.type])

    def initial(self) -> dict[str, Any]:
        """The draft that is there, else what is in force."""
        values = story.drafted(self.rule) or limits_of(self.rule, clock.today())
        draft = queries.draft_of(self.rule.code)
        shown = {parameter.name: written(parameter, values[parameter.name]) for parameter in self.rule.parameters}
        return shown | {"note": draft.note if draft else ""}

    def form_arguments(self) -> dict[str, Any]:
        """The rule tells the fields."""
        return {"rule": self.rule}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form as it stands, or as it is being tried, with what it would change."""
        tried = {p.name: request.GET[p.name] for p in self.rule.parameters if p.name in request.GET}
        trial = LimitsForm(self.initial() | tried, rule=self.rule, tried=True) if tried else None
        form = LimitsForm(initial=self.initial() | tried, rule=self.rule)
        return self.render(row=self.object, form=form, **self._tried(trial))

    def _tried(self, trial: LimitsForm | None) -> dict[str, Any]:
        if trial is None:
            values = story.drafted(self.rule) or limits_of(self.rule, clock.today())
        elif trial.is_valid():
            values = trial.limits
        else:
            return {"refused": [error for errors in trial.errors.values() for error in errors]}
        return {"preview": whatif.preview(self.rule, values, clock.today())}

    def save(self, form: Any) -> str:
        """Keep it."""
        note = form.cleaned_data["note"]
        versions.draft(code=self.rule.code, limits=form.limits, note=note, by=self.actor)
        return self.back


class RulePublish(ActionPage):
    """Put the draft in force."""

    permission = Permission.RULE_PUBLISH
    row = queries.rule
    done = _("The new limits are in force. The rules are looking again.")

    def act(self) -> str:
        """By another person than the drafter."""
        versions.publish(code=self.object.type, by=self.actor)
        return reverse("alerts:rule", args=[self.object.type])
