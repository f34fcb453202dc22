"""Statement files: what came in, what was refused, bringing files in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.jobs import queries as jobs
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage
from anzhi.supervision.funds import forms, queries, tables
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.refusals import explain
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import WATCHED, FileState, Source


class FileList(ListPage):
    """What came in, what was refused and why."""

    permission = Permission.STATEMENT_VIEW
    title = gettext_lazy("Statement files")
    rows = queries.files
    table, filters = tables.FileTable, tables.FileFilters
    template = "funds/files.html"
    scripts = ("funds/js/reload.js",)
    empty = (
        gettext_lazy("No file yet"),
        gettext_lazy("Files appear when they are dropped into the inbox folder or uploaded."),
    )

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """One act."""
        url = reverse("funds:upload")
        return [Act(_("Upload statements"), url, "upload", "main", Permission.STATEMENT_IMPORT)]


class FilePage(DetailPage):
    """One file: what became of it, and what to do."""

    styles = ("funds/css/funds.css",)
    permission = Permission.STATEMENT_VIEW
    nav = "funds:files"
    row = queries.file
    template = "funds/file.html"
    scripts = ("funds/js/reload.js",)

    @property
    def title(self) -> str:  # type: ignore[override]
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> list[Crumb]:  # type: ignore[override]
        """To the list."""
        number = _("No. %(number)s") % {"number": self.object.pk}
        return [Crumb(_("Statement files"), reverse("funds:files")), Crumb(number)]

    @property
    def marks(self) -> Any:
        """Its state."""
        return state_pill(tables.FILED[self.object.state], self.object.get_state_display())

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """A refused file can be tried again once the cause is cured."""
        if self.object.state != FileState.REFUSED:
            return []
        url = reverse("funds:file_again", args=[self.object.pk])
        return [Act(_("Try again"), url, "refresh", "main", Permission.STATEMENT_IMPORT, post=True)]

    def context(self) -> dict[str, Any]:
        """Reasons in words, statements, progress."""
        file = self.object
        return {
            "reasons": [{"where": known["where"], "message": explain(known)} for known in file.errors],
            "remarks": [{"where": known["where"], "message": explain(known)} for known in file.remarks],
            "frames": queries.frames(file) if file.state == FileState.IMPORTED else [],
            "progress": jobs.progress_of(importing.PROGRESS, str(file.pk)) if file.state in importing.OPEN else None,
            "same": queries.file(self.scope, file.same_as_id) if file.same_as_id else None,
        }


class FileAgain(ActionPage):
    """Import a refused file once more."""

    permission = Permission.STATEMENT_IMPORT
    row = queries.file
    done = gettext_lazy("The file is tried again.")

    def act(self) -> str:  # type: ignore[override]
        """Enqueue it."""
        file = receiving.again(file=self.object, by=self.actor)
        return reverse("funds:file", args=[file.pk])


class Upload(FormPage):
    """Bring statement files in by hand."""

    styles = ("funds/css/funds.css",)
    permission = Permission.STATEMENT_IMPORT
    nav = "funds:files"
    title = gettext_lazy("Upload statements")
    form = forms.UploadForm
    template = "funds/upload.html"
    submit = gettext_lazy("Bring in")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the list."""
        return reverse("funds:files")

    def form_arguments(self) -> dict[str, Any]:
        """Accounts of the area to choose from."""
        return {
            "accounts": [(str(row.pk), str(row)) for row in queries.accounts(self.scope).filter(status__in=WATCHED)]
        }

    def save(self, form: forms.UploadForm) -> str:  # type: ignore[override]
        """Receive each; one file leads to its page, more to the list."""
        given = form.cleaned_data
        account = queries.account(self.scope, pk=int(given["account"])) if given["account"] else None
        try:
            files = self._receive(given, account)
        except OSError as error:
            raise ValidationError(_("The disk is full. Nothing was stored. Ask your system administrator.")) from error
        known = sum(file.state == FileState.KNOWN for file in files)
        said = ngettext("%(n)d file received.", "%(n)d files received.", len(files)) % {"n": len(files)}
        self.done = f"{said}{_('%(n)d of them came before; nothing was done.') % {'n': known} if known else ''}"
        return reverse("funds:file", args=[files[0].pk]) if len(files) == 1 else reverse("funds:files")

    def _receive(self, given: dict[str, Any], account: SupervisedAccount | None) -> list[StatementFile]:
        return [
            receiving.receive(
                one.chunks(),
                name=one.name or "",
                source=Source.UPLOAD,
                by=self.actor,
                mapping=given["mapping"] or "auto",
                account=account,
                enqueue=True,
            )
            for one in given["statements"]
        ]
