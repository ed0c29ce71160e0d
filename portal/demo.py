"""The demo: people of every role and attempts at every stage, made by the real actions."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings

from portal.duties import registry

PASSWORD = "try the portal"  # of every demo account; never loaded where it matters


@dataclass
class Account:
    """A demo login."""

    role: str
    name: str
    email: str
    password: str = PASSWORD


@dataclass
class Demo:
    """The demo under way: what earlier steps made, for later steps and for the printout."""

    accounts: list[Account] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

    def add_account(self, role: str, user: Any) -> None:
        """Note a login for the printout."""
        self.people[role] = user
        self.accounts.append(Account(role, user.name, user.email))

    def add_url(self, name: str, path: str) -> None:
        """Note one address of a kind for the printout."""
        self.urls[name] = settings.PUBLIC_BASE_URL + path

    def as_json(self) -> dict[str, Any]:
        """Accounts and addresses, for machines."""
        return {"accounts": [asdict(account) for account in self.accounts], "urls": self.urls}


def load() -> Demo:
    """Run every step in order; a step finds what it made before and makes nothing twice."""
    demo = Demo()
    for step in sorted(registry.demo, key=lambda step: step.order):
        step.run(demo)
    return demo
