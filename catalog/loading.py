"""Reads the library's YAML files and says what is wrong with them; touches no row.

The format is in ``catalog.entries``. Every fault is collected, and each names file,
entry and field in a sentence, so that an author mends them in one go.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from catalog import entries
from catalog.checks import Fault, listing, record
from catalog.entries import Entry
from portal.refusal import Refused

COLLECTIONS = "_collections.yaml"
UNREADABLE = object()
LISTS = record({"collections": listing(entries.COLLECTION)})


class BrokenLibrary(Refused):
    """The library's files have faults; ``faults`` holds a sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Library:
    """The files' entries, checked: stacks in order, each with its micro-certifications."""

    stacks: list[Entry]
    collections: list[Entry]

    def numbered(self, field: str) -> dict[str, int]:
        """The slugs of the micro-certifications that carry a number in this field, with it."""
        return {
            entry["slug"]: entry[field]
            for file in self.stacks
            for entry in file["micro_certifications"]
            if field in entry
        }


class StrictLoader(yaml.CSafeLoader):
    """Safe YAML that says so when a field stands twice, instead of taking the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping whose keys are all different."""
        keys = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        if len(keys) < len(node.value):
            problem = "a field has a list or a set for its name"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        for key, times in Counter(keys).items():
            if times > 1:
                problem = f"the field “{key}” stands twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


def read(folder: Path, associations: AbstractSet[str]) -> Library:
    """Every stack and collection of the folder; raises ``BrokenLibrary`` with all faults.

    ``associations`` are the slugs of those that share the portal.
    """
    faults: list[str] = []
    files = {path.name: parsed(path, faults) for path in sorted(folder.glob("*.yaml"))}
    if not files:
        faults.append(f"There is no library file in {folder}.")
    files = {name: content for name, content in files.items() if content is not UNREADABLE}
    lists = files.pop(COLLECTIONS, {"collections": []})
    for name, content in files.items():
        faults += file_faults(name, content)
    faults += sentences(COLLECTIONS, "the list", LISTS(lists))
    if not faults:
        faults += library_faults(files, lists["collections"], associations)
    if faults:
        raise BrokenLibrary(faults)
    stacks = sorted(files.values(), key=lambda content: int(content["stack"]["position"]))
    return Library(stacks, lists["collections"])


def parsed(path: Path, faults: list[str]) -> Any:
    """What a file holds; nothing, and a fault more, where it is no YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), StrictLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError) as error:
        faults.append(f"{path.name} can’t be read: {reason(error)}.")
        return UNREADABLE


def reason(error: yaml.YAMLError | ValueError) -> str:
    """Why a file could not be read, in a few words, with the line where it is known.

    A date or a number that can't be is a ``ValueError``; bytes that are no text are one too.
    """
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    if not isinstance(error, yaml.MarkedYAMLError):
        return str(error).partition("\n")[0]
    line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
    return f"{error.problem}{line}"


def sentences(file: str, entry: str, faults: Iterator[Fault]) -> list[str]:
    """A sentence for each fault of an entry."""
    return [
        f"{file}, {entry}: {f'the field “{path}”' if path else 'it'} {complaint}."
        for path, complaint in faults
    ]


def file_faults(name: str, content: Any) -> list[str]:
    """What is wrong inside one stack's file."""
    listed = content.get("micro_certifications") if isinstance(content, dict) else None
    if not isinstance(listed, list) or "stack" not in content:
        return [f"{name}: the file needs the fields “stack” and “micro_certifications” (a list)."]
    found = sentences(name, "the stack", entries.STACK(content["stack"]))
    for place, entry in enumerate(listed, start=1):
        found += sentences(name, title_of(entry, place), entries.faults_of(entry))
    return found


def title_of(entry: Any, place: int) -> str:
    """How a sentence calls an entry, also one that has lost its slug."""
    known = entry.get("slug") if isinstance(entry, dict) else None
    return f"micro-certification “{known}”" if known else f"micro-certification {place}"


def library_faults(
    files: dict[str, Entry], collections: list[Entry], associations: AbstractSet[str]
) -> Iterator[str]:
    """What is wrong between the files: names that stand twice or lead nowhere."""
    for name, content in files.items():
        stack = content["stack"]
        if name != f"{stack['slug']}.yaml":
            yield f"{name}, the stack: the field “slug” is “{stack['slug']}”, not the file’s name."
        for one in sorted(set(stack["associations"]) - associations):
            yield f"{name}, the stack: the field “associations” has “{one}”, which is not known."
    yield from twice(files, "the stack", "position", lambda file: [file["stack"]])
    yield from twice(files, "an entry", "slug", lambda file: file["micro_certifications"])
    stacks = {content["stack"]["slug"] for content in files.values()}
    for entry in collections:
        yield from strangers(entry, "stacks", set(entry.get("stacks", [])) - stacks)
        theirs: set[str] = {entry["association"]} if "association" in entry else set()
        yield from strangers(entry, "association", theirs - associations)


def twice(
    files: dict[str, Entry], whose: str, field: str, entries: Callable[[Entry], list[Entry]]
) -> Iterator[str]:
    """A sentence for each value of a field that two entries of the library share."""
    seen: dict[Any, str] = {}
    for name, content in files.items():
        for entry in entries(content):
            value = entry[field]
            if value in seen:
                yield f"{name}, {whose}: the field “{field}” is “{value}”, as in {seen[value]}."
            seen.setdefault(value, name)


def strangers(entry: Entry, field: str, names: AbstractSet[str]) -> Iterator[str]:
    """A sentence for each name in a collection that leads nowhere."""
    for name in sorted(names):
        called = f"collection “{entry['slug']}”"
        yield f"{COLLECTIONS}, {called}: the field “{field}” has “{name}”, which is not known."
