"""Where the links inside a PDF lead: goals that someone named become plain places on a page."""

from decimal import Decimal
from typing import TypeGuard

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

MOST_GOALS = 100_000
ZOOM_AND_PLACE = 6

Goals = dict[bytes, Object]


def goals_of(pdf: pikepdf.Pdf) -> Goals:
    """The named goals of a document, from the old list and from the tree of names."""
    old, names = pdf.Root.get("/Dests"), pdf.Root.get("/Names")
    goals = {}
    if is_plain(old):
        goals = {name.lstrip("/").encode(): goal for name, goal in old.items()}
    if is_plain(names) and is_plain(names.get("/Dests")):
        goals |= goals_in(names.Dests)
    return goals


def goals_in(tree: Object) -> Goals:
    """The named goals of a tree, wherever they hang and however often."""
    goals: Goals = {}
    waiting, seen = [tree], set()
    while waiting and len(goals) < MOST_GOALS:
        node = waiting.pop()
        if not is_plain(node) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        pairs = list(node.get("/Names", []))
        goals |= {
            bytes(name): goal
            for name, goal in zip(pairs[::2], pairs[1::2], strict=False)
            if isinstance(name, String)
        }
        waiting += list(node.get("/Kids", []))
    return goals


def is_plain(value: object) -> TypeGuard[Dictionary]:
    """Whether this is a dictionary and no stream."""
    return isinstance(value, Dictionary) and not isinstance(value, pikepdf.Stream)


def plain_goal(goal: object, goals: Goals) -> Array | None:
    """The page a link leads to and how it is shown there, without the goal's name."""
    if isinstance(goal, String):
        goal = goals.get(bytes(goal))
    elif isinstance(goal, Name):
        goal = goals.get(str(goal).lstrip("/").encode())
    if isinstance(goal, Dictionary):
        goal = goal.get("/D")
    if not isinstance(goal, Array) or not len(goal) or not is_plain(goal[0]):
        return None
    return Array([goal[0], *filter(is_place, list(goal)[1:ZOOM_AND_PLACE])])


def is_place(value: object) -> bool:
    """Whether this says how a page is shown: a word of the format, a number, or nothing."""
    return value is None or isinstance(value, Name | int | Decimal | float)
