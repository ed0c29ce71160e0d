"""Before ``make run`` starts anything it looks whether its port is free."""

import socket
import subprocess
import sys

from django.conf import settings

SCRIPT = settings.BASE_DIR / ".ci" / "port"


def looked_at(port):
    command = [sys.executable, str(SCRIPT), str(port)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_a_port_in_use_is_told_with_what_to_type():
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        answer = looked_at(port)

    assert answer.returncode == 1
    assert answer.stdout == (
        f"Port {port} is in use, perhaps by a portal that already runs: "
        f"see http://localhost:{port}\n"
        f"To run this one beside it, type: make run PORT={port + 1}\n"
    )


def test_a_free_port_is_not_worth_a_word():
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]

    answer = looked_at(port)

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
