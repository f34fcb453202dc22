"""`./anzhi alerts run [--as-of DAY] [--json] | list [--level L] [--type T] [--json] | explain NUMBER [--json]`."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.money import formats
from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts import explain, queries
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.alerts.states import Level
from anzhi.supervision.alerts.types.catalogue import TYPES


class Command(BaseCommand):
    """Runs, lists and explains alerts."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        run = verbs.add_parser("run", help="run every rule for a day; repeating it changes nothing")
        run.add_argument("--as-of", type=date.fromisoformat, help="the day, 2026-11-22; default: the day of work")
        listed = verbs.add_parser("list", help="alerts whose episode still runs, red before yellow before blue")
        listed.add_argument("--level", choices=Level.values)
        listed.add_argument("--type", choices=list(TYPES))
        told = verbs.add_parser("explain", help="why an alert was raised, from its stored facts and limits")
        told.add_argument("number")
        for verb in (run, listed, told):
            verb.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        """In system scope: results never depend on who asked."""
        with system_scope("command"), transaction.atomic():
            getattr(self, f"_{options['verb']}")(options)

    def _run(self, options: dict[str, Any]) -> None:
        day = options["as_of"] or clock.today()
        outcome = engine.run(as_of=day)
        counts = {name: len(getattr(outcome, name)) for name in ("raised", "turned", "followed")}
        if options["json"]:
            self._say({"as_of": day.isoformat()} | counts | {"numbers": [alert.number for alert in outcome.raised]})
            return
        self.stdout.write(f"{day}: {counts['raised']} raised, {counts['turned']} changed level")
        for alert in outcome.raised:
            self.stdout.write(_line(alert))

    def _list(self, options: dict[str, Any]) -> None:
        rows = queries.by_rank(queries.open_alerts(""))
        for name in ("level", "type"):
            rows = rows.filter(**{name: options[name]}) if options[name] else rows
        for alert in rows:
            self._say(_facts(alert)) if options["json"] else self.stdout.write(_line(alert))

    def _explain(self, options: dict[str, Any]) -> None:
        try:
            alert = queries.alert("", options["number"])
        except Alert.DoesNotExist as error:
            raise CommandError(f"there is no alert {options['number']}") from error
        if options["json"]:
            self._say(_facts(alert) | {"why": explain.why(alert), "facts": alert.facts, "limits": alert.limits})
            return
        self.stdout.write(f"{_line(alert)}\n{explain.why(alert)}{explain.BASIS[alert.type]}")

    def _say(self, facts: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(facts, ensure_ascii=False))


def _line(alert: Alert) -> str:
    return f"{alert.number}  {alert.level:6}  {alert.type:13}  {alert.raised_on}  {explain.headline(alert)}"


def _facts(alert: Alert) -> dict[str, Any]:
    names = ("number", "type", "subject", "level", "days", "region_code", "state")
    sentence = {"amount": formats.figure(alert.amount).replace(",", ""), "sentence": explain.headline(alert)}
    days = {"since": alert.since.isoformat(), "raised_on": alert.raised_on.isoformat()}
    return {name: getattr(alert, name) for name in names} | days | sentence
