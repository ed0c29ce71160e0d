"""The official validator's own voice."""

from typing import Any

from openbadges import verify
from report import ERROR, INFO, Report


def official(report: Report, voice: str, source: Any, label: str, email: str | None) -> None:
    """Let the official validator judge an address or a baked file."""
    profile = {"type": "Profile", "email": email} if email else None
    try:
        result = verify(source, recipient_profile=profile, use_cache=False, cache_backend=None)
    except Exception as error:  # version 1.1.2 dies in many ways on a broken image
        report.say(voice, ERROR, f"{label}: validator raised {type(error).__name__}: {error}")
        return
    verdict = result["report"]
    for message in verdict["messages"]:
        place = message.get("node_id") or message.get("node_path") or ""
        words = f"{message.get('name', '')} {place}: {message['result']}"
        report.say(voice, message["messageLevel"], words)
    report.say(
        voice,
        INFO if verdict["valid"] else ERROR,
        f"{label}: report.valid={verdict['valid']} errors={verdict['errorCount']} "
        f"warnings={verdict['warningCount']} "
        f"openBadgesVersion={verdict.get('openBadgesVersion')} "
        f"subject={verdict.get('validationSubject')}",
    )
