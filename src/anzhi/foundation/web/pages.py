"""The grammar of pages: each names its permission or says that it is public; GET cannot write."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand, may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import Scope, current
from anzhi.foundation.web import notices
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.reading import READS, read_only
from anzhi.foundation.web.requests import Request


class Page(View):
    """Base of all pages. A subclass sets `permission` or `public = True`, else it cannot be defined.

    `title`, `crumbs` and `acts` may be class attributes or properties. `nav` is the url name whose
    navigation entry is lit, when it is not the page's own. Everything is rendered inside the scoped,
    read-only part of the transaction, so a template may follow relations but nothing may write.
    """

    request: Request
    permission: ClassVar[Permission | None] = None
    public: ClassVar[bool] = False
    template: str = "web/page.html"
    title: Any = ""
    crumbs: Any = ()  # of Crumb
    acts: Any = ()  # of Act
    nav: ClassVar[str] = ""
    scripts: ClassVar[tuple[str, ...]] = ()  # static paths of ES modules
    styles: ClassVar[tuple[str, ...]] = ()  # static paths of style sheets

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        """Refuse a page that says neither or both."""
        super().__init_subclass__(**kwargs)
        if not abstract and (cls.permission is None) != cls.public:
            raise TypeError(f"{cls.__qualname__} must name a permission, or say public = True, and not both")

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """A view that wants a log-in unless the page is public."""
        view = super().as_view(**initkwargs)
        view.login_required = not cls.public  # type: ignore[attr-defined]  # read by LoginRequiredMiddleware
        return view

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.request.actor

    @property
    def scope(self) -> Scope:
        """What they may see; None on a public page."""
        return current()  # type: ignore[return-value]  # a page that asks for it is behind the log-in

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask the gate, then answer; reading methods under a ban on writing."""
        if self.permission is not None:
            demand(self.actor, self.permission)
        if request.method in READS:
            with read_only():
                response = super().dispatch(request, *args, **kwargs)
            self.after_read(response)
        else:
            response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def after_read(self, response: HttpResponseBase) -> None:
        """Called when the read-only part is over: the place where an export leaves its trace."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page."""
        return self.render()

    def context(self) -> dict[str, Any]:
        """What the template needs besides `page`."""
        return {}

    @cached_property
    def shown_acts(self) -> list[Act]:
        """The buttons this person sees."""
        return [act for act in self.acts if act.shown_to(self.actor)]

    def render(self, template: str = "", status: int = 200, **more: Any) -> HttpResponse:
        """The page as a response, rendered now: later there would be no scope."""
        context = {"page": self, "actor": self.actor} | self.context() | more
        return HttpResponse(render_to_string(template or self.template, context, self.request), status=status)


class RowPage(Page, abstract=True):
    """A page about one row: `row` is a query function `(scope, **url arguments)` → the row or None.

    Missing and forbidden look the same: 404. `own_area = False` for rows that two regions share, where
    the query and row-level security alone decide.
    """

    row: ClassVar[Callable[..., Any] | None] = None
    own_area: ClassVar[bool] = True

    @cached_property
    def object(self) -> Any:
        """The row of this address; raises Http404."""
        find = type(self).row
        if find is None:
            return None
        try:
            found = find(self.scope, **self.kwargs)
        except ObjectDoesNotExist:
            found = None
        if found is None or not self._inside(found):
            raise Http404
        return found

    def _inside(self, found: Any) -> bool:
        if self.permission is None or not self.own_area or not hasattr(found, "region_code"):
            return True
        return bool(may(self.actor, self.permission, on=found))


class DetailPage(RowPage, abstract=True):
    """All that is true of one thing. The row is `row` in the template."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find it, show it."""
        return self.render(row=self.object)


class FormPage(RowPage, abstract=True):
    """A form and the one service it calls. `save(form)` returns where to go next.

    ValidationError from the service comes back into the form; nothing of the attempt is kept.
    """

    form: ClassVar[type[BaseForm]]
    template = "web/form.html"
    submit: Any = _("Save")
    back: Any = ""  # address of the way out
    done: Any = ""  # said on the next page

    def initial(self) -> dict[str, Any]:
        """First values of the fields."""
        return {}

    def form_arguments(self) -> dict[str, Any]:
        """More arguments of the form class, such as choices."""
        return {}

    def build(self, *data: Any) -> BaseForm:
        """The form, bound when data are given."""
        return type(self).form(*data, **({"initial": self.initial()} | self.form_arguments()))

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form with its first values."""
        return self.render(row=self.object, form=self.build())

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save and go on, or show what is wrong with the input kept."""
        row, form = self.object, self.build(request.POST, request.FILES)
        if form.is_valid():
            try:
                with transaction.atomic():
                    target = self.save(form)
            except ValidationError as error:
                self._blame(form, error)
            else:
                notices.done(request, self.done)
                return HttpResponseRedirect(target)
        return self.render(row=row, form=form, status=422)

    def save(self, form: BaseForm) -> str:
        """Call the service with `by=self.actor`; return the next address."""
        raise NotImplementedError

    def _blame(self, form: Any, error: ValidationError) -> None:
        fields = getattr(error, "error_dict", {})
        known = bool(fields) and all(name in form.fields for name in fields)
        form.add_error(None, error if known or not fields else ValidationError(error.messages))


class RecordForm(FormPage, abstract=True):
    """A form about a row with a page of its own: `record` is that url name, `key` what of the row it is called by."""

    record: ClassVar[str]
    key: ClassVar[str] = "code"  # dots lead on: "project.code"
    above: Any = ""  # title of the list at `nav`; without it there are no crumbs

    @property
    def back(self) -> str:  # type: ignore[override]  # depends on the row
        """To the record."""
        return reverse(self.record, args=[attrgetter(self.key)(self.object)])

    @property
    def crumbs(self) -> list[Crumb]:  # type: ignore[override]  # depends on the row
        """List and record."""
        return [Crumb(self.above, reverse(self.nav)), Crumb(str(self.object), self.back)] if self.above else []


class ActionPage(FormPage, abstract=True):
    """One verb, by POST only. `act(**cleaned)` calls the service and returns the next address.

    With a `form` (a reason, say) that is not filled in right, the form stands on a page of its own.
    """

    form: ClassVar[type[BaseForm] | None] = None  # type: ignore[assignment]  # an act may need no form

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A verb is not a page."""
        return HttpResponseNotAllowed(["POST"])

    def build(self, *data: Any) -> BaseForm:
        """The form, or an empty one."""
        return super().build(*data) if type(self).form else notices.NoFields(*data)

    def save(self, form: BaseForm) -> str:
        """Do it with what was filled in."""
        return self.act(**form.cleaned_data)  # type: ignore[attr-defined]  # valid by now

    def act(self, *args: Any, **cleaned: Any) -> str:
        """Call the service with `by=self.actor`; return the next address."""
        raise NotImplementedError
