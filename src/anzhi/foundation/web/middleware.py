"""The language of a request, and errors in words."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.web import errors

Next = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Chinese unless the person switched: a browser's own language does not decide."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class ErrorMiddleware:
    """A refusal of the gate is a page with its reason; a wrong verb is one too. Innermost of all."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = errors.answer(request, 405)
            page.headers["Allow"] = response.headers.get("Allow", "")
            return page
        if response.status_code == 302 and response.headers["Location"].startswith(settings.LOGIN_URL):
            return self._to_login(request, response)
        return response

    def _to_login(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """A session that ended under an open list: the whole window goes to the log-in page, not the list alone."""
        htmx = getattr(request, "htmx", None)
        if not htmx:
            return response
        back = urlencode({"next": htmx.current_url_abs_path or "/"})
        return HttpResponseClientRedirect(f"{settings.LOGIN_URL}?{back}")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only what the gate refused; everything else goes on."""
        return errors.answer(request, 403, str(exception)) if isinstance(exception, Denied) else None
