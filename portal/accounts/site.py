"""The back office at ``/admin/``: entered by the portal's own door, with a second factor."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator


class BackOffice(AdminSite):
    """Django's admin without a log-in page of its own: its limits and factors are ours."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may use it: by role, and with a second factor where required."""
        if not super().has_permission(request):
            return False
        return not settings.STAFF_MFA_REQUIRED or bool(is_mfa_enabled(request.user))

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send visitors to the portal's sign-in; others either set up a factor or go no further."""
        inside = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, inside))
        if not super().has_permission(request):
            raise PermissionDenied
        return redirect(inside if self.has_permission(request) else "mfa_index")
