"""A mail server that takes its time and remembers what it took: for a worker to talk to."""

import socketserver
import threading
import time
from collections import Counter

PAUSE_SECONDS = 0.08  # so that a worker can be stopped in the middle


class Talk(socketserver.StreamRequestHandler):
    """One conversation, in as few words as the protocol allows."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.take()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def take(self):
        """Read one mail, count its id, and only then say that it was taken."""
        head = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            head.append(line.decode())
        ids = [line.split(":", 1)[1].strip() for line in head if line.startswith("Message-ID:")]
        self.server.taken.update(ids[:1])
        time.sleep(PAUSE_SECONDS)
        self.say("250 taken")


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a port of its own; ``taken`` counts how often each Message-ID came."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken = Counter()

    def handle_error(self, request, client_address):
        """A worker that is killed hangs up in the middle of a word."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()
