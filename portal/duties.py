"""What the whole portal needs from every app: one small registry, filled from each ``apps.py``.

So the sweep, the invariants, the staff's day and the demo never import an app, and a new app
joins them by registering.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise


class Sweep(NamedTuple):
    """Work the passing of time calls for: ``run`` does all that is due and returns how much."""

    name: str
    run: Callable[[], int]


class Invariant(NamedTuple):
    """A rule that is always true: ``breaches`` yields a sentence for each row that breaks it."""

    name: str
    rule: str
    breaches: Callable[[], Iterable[str]]


class Waiting(NamedTuple):
    """Rows that wait for a task: ``oldest`` is when the oldest began to wait, if any does."""

    name: str
    oldest: Callable[[], datetime | None]


class StaffLine(NamedTuple):
    """One line of the staff's day: ``count(user)`` things to do at the page called ``url_name``.

    ``oldest(user)``, where there is one, is since when the first of them waits.
    """

    label: str | Promise
    url_name: str
    count: Callable[[Any], int]
    oldest: Callable[[Any], datetime | None] | None = None


class NavLink(NamedTuple):
    """A link of the header, for those of whom ``show(user)`` is true (visitors are users too)."""

    label: str | Promise
    url_name: str
    show: Callable[[Any], bool]
    order: int


class Landing(NamedTuple):
    """Where someone arrives after signing in, if ``fits(user)``; lower ``order`` is asked first."""

    url_name: str
    fits: Callable[[Any], bool]
    order: int


class Step(NamedTuple):
    """A step of ``load_library``, ``load_demo`` or ``grow``; lower ``order`` runs first."""

    order: int
    name: str
    run: Callable[..., Any]


class Stored(NamedTuple):
    """A file of the store, by its key: too large, perhaps, to be held in memory."""

    key: str


Content = bytes | Stored


class Takeout(NamedTuple):
    """A part of "take my work home": ``files(user)`` yields (path in the zip, content)."""

    name: str
    files: Callable[[Any], Iterable[tuple[str, Content]]]


class Revoked(NamedTuple):
    """What an attempt earned was revoked: the ``reason`` its public ``url`` gives, whom to ask."""

    reason: str
    url: str
    issuer: str
    email: str


class Link(NamedTuple):
    """A page of another app: what it is about, in words, and its ``url``."""

    label: str
    url: str


FindGains = Callable[[Any, int], Iterable[Link]]
FindRevoked = Callable[[Iterable[int]], Mapping[int, Revoked]]


@dataclass
class Registry:
    """Everything registered, in the order of registration."""

    sweeps: list[Sweep] = field(default_factory=list)
    invariants: list[Invariant] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    staff_lines: list[StaffLine] = field(default_factory=list)
    nav_links: list[NavLink] = field(default_factory=list)
    landings: list[Landing] = field(default_factory=list)
    library: list[Step] = field(default_factory=list)
    demo: list[Step] = field(default_factory=list)
    growth: list[Step] = field(default_factory=list)
    takeout: list[Takeout] = field(default_factory=list)
    revocations: list[FindRevoked] = field(default_factory=list)
    gains: list[FindGains] = field(default_factory=list)
    lifecycles: list[Any] = field(default_factory=list)
    rooms: dict[str, Callable[[], Iterable[str]]] = field(default_factory=dict)


registry = Registry()


def sweep(name: str, run: Callable[[], int]) -> None:
    """Register work of the clock."""
    registry.sweeps.append(Sweep(name, run))


def invariant(name: str, rule: str, breaches: Callable[[], Iterable[str]]) -> None:
    """Register a rule of SAFETY section 3 that is always true."""
    registry.invariants.append(Invariant(name, rule, breaches))


def waiting(name: str, oldest: Callable[[], datetime | None]) -> None:
    """Register a queue of waiting rows for ``/ready`` and ``/metrics``."""
    registry.waiting.append(Waiting(name, oldest))


def staff_line(
    label: str | Promise,
    url_name: str,
    count: Callable[[Any], int],
    oldest: Callable[[Any], datetime | None] | None = None,
) -> None:
    """Register a line of the staff's day."""
    registry.staff_lines.append(StaffLine(label, url_name, count, oldest))


def signed_in(user: Any) -> bool:
    """Show a link to whoever is signed in."""
    return bool(user.is_authenticated)


def everyone(user: Any) -> bool:
    """Show a link to visitors too."""
    return True


def nav_link(
    label: str | Promise, url_name: str, show: Callable[[Any], bool] = everyone, order: int = 50
) -> None:
    """Register a link of the header; ``show`` must ask no query for a visitor.

    Orders: Browse 10, My work 20, Showcase 30, Credits 40, Reviews 50, Staff 60, Help 90.
    """
    registry.nav_links.append(NavLink(label, url_name, show, order))


def landing(url_name: str, fits: Callable[[Any], bool], order: int) -> None:
    """Register where people of a role arrive after signing in; the others arrive at My work."""
    registry.landings.append(Landing(url_name, fits, order))


def landing_of(user: Any) -> str:
    """The name of the page at which someone arrives, or nothing where no role says so."""
    ordered = sorted(registry.landings, key=lambda landing: landing.order)
    return next((landing.url_name for landing in ordered if landing.fits(user)), "")


def library_step(order: int, name: str, run: Callable[[], str]) -> None:
    """Register a loader of library rows; ``run`` returns a sentence about what it loaded."""
    registry.library.append(Step(order, name, run))


def demo_step(order: int, name: str, run: Callable[[Any], None]) -> None:
    """Register a step of the demo; ``run`` gets the ``portal.demo.Demo`` under way."""
    registry.demo.append(Step(order, name, run))


def growth_step(order: int, name: str, run: Callable[[Any], int]) -> None:
    """Register a step of ``grow``; ``run`` gets a ``portal.growing.Batch``, returns rows made."""
    registry.growth.append(Step(order, name, run))


def takeout(name: str, files: Callable[[Any], Iterable[tuple[str, Content]]]) -> None:
    """Register a part of what a person may take home."""
    registry.takeout.append(Takeout(name, files))


def revocations(find: FindRevoked) -> None:
    """Register who knows what was revoked; ``find`` gets keys of attempts, answers for some."""
    registry.revocations.append(find)


def gains(find: FindGains) -> None:
    """Register what work gains besides a badge: ``find`` gets a staff member and an attempt's key.

    It links what this person looks after and what still counts.
    """
    registry.gains.append(find)


def lifecycle(model: Any) -> None:
    """Register a model whose ``lifecycle`` is drawn in the docs."""
    registry.lifecycles.append(model)


def room(folder: str, keys: Callable[[], Iterable[str]]) -> None:
    """Register a folder of the store and the keys that rows name in it, for ``reconcile``."""
    registry.rooms[folder] = keys
