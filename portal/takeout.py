"""Take my work home: one zip of everything, at any time."""

import tempfile
import zipfile
from typing import IO

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.duties import registry

IN_MEMORY = 5 * 1024 * 1024  # larger ones go through a temporary file


def pack(user: object) -> IO[bytes]:
    """A zip of what every app holds of this person, ready to be read."""
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in registry.takeout:
            for path, content in part.files(user):
                archive.writestr(path, content)
    target.seek(0)
    return target


@require_GET
def takeout(request: HttpRequest) -> FileResponse:
    """Everything this person wrote, handed in and earned."""
    name = f"my-work-{timezone.now():%Y-%m-%d}.zip"
    return FileResponse(pack(request.user), as_attachment=True, filename=name)
