"""Who may open a page: decorators; what they may touch there is the querysets' business."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of someone signed in, as every view gets it unless it is marked public."""

    user: User


def staff_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a page to association staff only: 404 to others, and a second factor first."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_association_staff:
            raise Http404
        if settings.STAFF_MFA_REQUIRED and not is_mfa_enabled(request.user):
            messages.info(
                request, _("Staff pages need a second factor. Set one up here, then come back.")
            )
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return guarded
