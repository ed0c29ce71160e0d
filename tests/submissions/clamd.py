"""Speaks clamd's INSTREAM as the real one does: knows one signature, the EICAR test string."""

import socket
import struct
import threading
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """What it has heard, and what it says to everything if told to."""

    def __init__(self, line, always):
        self.line, self.always, self.scanned = line, always, []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                caller, _address = self.line.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as heard:
                caller.sendall(self.answer(heard))

    def answer(self, heard):
        if heard.read(10) != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        content = b""
        while size := struct.unpack(">L", heard.read(4))[0]:
            content += heard.read(size)
        self.scanned.append(content)
        if self.always is not None:
            return self.always
        return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def clamd(always=None, path=""):
    """A scanner on loopback or behind a socket file; yields it and its address."""
    family = {"family": socket.AF_UNIX} if path else {}
    with socket.create_server(path or ("127.0.0.1", 0), **family) as line:
        address = f"unix://{path}" if path else f"tcp://127.0.0.1:{line.getsockname()[1]}"
        yield Clamd(line, always), address
