"""Ask the virus scanner about a file, where one is set up (``CLAMD_URL``).

The portal works without one. Where one is set up and does not answer, nothing passes: the file
waits, and after some tries staff look at it (SAFETY F15).
"""

import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 256 * 1024
PORT = 3310
SECONDS = 60.0
ANSWER = 4096


class ScannerDown(Exception):
    """The scanner is set up but gave no clear answer."""


def is_set_up() -> bool:
    """Whether files are to be scanned at all."""
    return bool(settings.CLAMD_URL)


def is_infected(path: Path) -> bool:
    """Whether the scanner knows the file for harmful; raises ``ScannerDown`` without an answer."""
    try:
        with connection() as line:
            stream(line, path)
            answer = line.recv(ANSWER).rstrip(b"\0\n").decode("utf-8", "replace")
    except OSError as trouble:
        raise ScannerDown(str(trouble)) from trouble
    if answer.endswith(" FOUND"):
        return True
    if answer.endswith(": OK"):
        return False
    raise ScannerDown(answer)


def connection() -> socket.socket:
    """A line to ``tcp://host:port`` or ``unix:///path``."""
    where = urlsplit(settings.CLAMD_URL)
    if where.scheme == "unix":
        return unix_connection(where.path)
    return socket.create_connection((where.hostname or "localhost", where.port or PORT), SECONDS)


def unix_connection(path: str) -> socket.socket:
    """A line to a socket file; none is left open where nobody listens."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(SECONDS)
    try:
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def stream(line: socket.socket, path: Path) -> None:
    """Send a file as clamd's INSTREAM command takes it: pieces with their length, then none."""
    line.sendall(b"zINSTREAM\0")
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            line.sendall(struct.pack(">L", len(piece)) + piece)
    line.sendall(struct.pack(">L", 0))
