"""Resources on paper."""

import segno
from django.conf import settings

from portal import pdf
from portal.support.models import Resource


def qr_code(address: str) -> str:
    """A code that a phone's camera opens, as the address of an image."""
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2))


def printed(resource: Resource) -> bytes:
    """A flyer is one page with a code to scan; everything else is a document to read."""
    context = {
        "resource": resource,
        "base_url": settings.PUBLIC_BASE_URL,
        "qr_code": qr_code(settings.PUBLIC_BASE_URL),
    }
    is_flyer = resource.kind == Resource.Kind.FLYER
    return pdf.render("pdf/flyer.html" if is_flyer else "pdf/resource.html", context)
