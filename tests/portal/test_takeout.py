"""Take my work home: everything, nothing of anybody else, whatever the files are called."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from catalog.models import ArtifactRequirement
from portal import duties, takeout
from submissions import actions, vault
from submissions.models import Attempt, Evidence
from tests.factories import (
    EditionFactory,
    MemberFactory,
    decided_round,
    finish_parts,
    finished_attempt,
    started_attempt,
)
from tests.support.factories import asked

pytestmark = pytest.mark.django_db
HOSTILE = [
    "../../../etc/passwd",
    "..\\..\\windows\\system32\\drivers.pdf",
    "/absolute.pdf",
    "C:\\plan.pdf",
    "plan.pdf",
    "plan.pdf",
    "PLAN.PDF",
    "..",
    "name\nwith\tbreaks\x00.pdf",
    'quotes"and<angles>|pipes?.pdf',
    "é" * 300,
    "计划 план خطة 🎓.pdf",
    "con.pdf ",
    "\u202efdp.exe",
]


def opened(user):
    """The zip a person takes home: contents by path."""
    with zipfile.ZipFile(packed(user)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = files.pop(takeout.SUMS).decode()
    assert sums == "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
    )
    return files


def packed(user):
    """The whole zip in memory."""
    return io.BytesIO(b"".join(takeout.pack(user)))


def handed_in(attempt, name, content):
    """A stored original under the name it came with."""
    requirement = ArtifactRequirement.objects.filter(part__edition=attempt.edition).first()
    digest = hashlib.sha256(content).hexdigest()
    key = default_storage.save(vault.new_key("vault"), ContentFile(content))
    return Evidence.objects.create(
        attempt=attempt,
        requirement=requirement,
        kind=Evidence.Kind.FILE,
        given_name=name[:300].replace("\0", ""),
        vault_key=key,
        sha256=digest,
        size=len(content),
    )


def test_every_original_comes_home_unchanged_whatever_its_name(educator):
    attempt = started_attempt(educator)
    rows = [handed_in(attempt, name, f"{n} {name}".encode()) for n, name in enumerate(HOSTILE)]

    files = {path: data for path, data in opened(educator).items() if "/Part 2/" in path}

    hashes = sorted(hashlib.sha256(data).hexdigest() for data in files.values())
    assert hashes == sorted(row.sha256 for row in rows)
    assert len({path.casefold() for path in files}) == len(HOSTILE)


def test_no_name_leads_out_of_the_folder_it_is_unpacked_into(educator, tmp_path_factory):
    place = tmp_path_factory.mktemp("unpacked")
    attempt = started_attempt(educator)
    for number, name in enumerate(HOSTILE):
        handed_in(attempt, name, bytes([number]))

    with zipfile.ZipFile(packed(educator)) as archive:
        paths = archive.namelist()
        archive.extractall(place / "home")

    unpacked = [path for path in place.rglob("*") if path.is_file()]
    assert [path for path in paths if ".." in path.split("/") or path.startswith("/")] == []
    assert len(unpacked) == len(paths)
    assert {path.relative_to(place).parts[0] for path in unpacked} == {"home"}
    assert max(len(part) for path in paths for part in path.split("/")) <= 130


@examples(deadline=None, max_examples=40)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
        min_size=1,
        max_size=5,
    )
)
def test_files_of_any_names_come_home_in_the_order_they_were_handed_in(names):
    attempt = started_attempt()
    for number, name in enumerate(names):
        handed_in(attempt, name, f"original {number}".encode())

    files = {path: data for path, data in opened(attempt.educator).items() if "/Part 2/" in path}

    numbered = [(path.rpartition("/Part 2/")[2][:3], data) for path, data in files.items()]
    assert sorted(numbered) == [
        (f"{n:02} ", f"original {n - 1}".encode()) for n in range(1, len(names) + 1)
    ]


def test_two_attempts_of_one_day_with_the_same_title_stay_apart(educator):
    edition = EditionFactory()
    first = finished_attempt(educator, edition)
    actions.withdraw(first, by=educator)
    second = started_attempt(educator, edition)
    finish_parts(second, word="again")

    files = opened(educator)

    written = {path: text for path, text in files.items() if path.endswith("Part 1.md")}
    assert [b"again again" in text for _path, text in sorted(written.items())] == [False, True]
    assert {path.split("/")[1][:3] for path in written} == {"01 ", "02 "}


def test_everything_an_educator_made_and_earned_is_in_it(educator):
    submission = decided_round(educator=educator)
    asked(educator, "How do I begin?")

    files = opened(educator)

    slug = submission.attempt.micro_certification.slug
    day = f"{submission.attempt.opened_at:%Y-%m-%d}"
    home = f"attempts/01 {day} {slug}"
    assert {f"{home}/Part 1.md", f"{home}/Part 3.md", f"{home}/Part 2/02 link.txt"} <= set(files)
    assert files[f"{home}/Part 2/02 link.txt"] == b"https://example.org/work/0\n"
    assert b"How do I begin?" in files["questions/001.txt"]
    assert files[f"{home}/Part 1.md"].count(b"word word") == 130


def test_work_comes_home_after_every_end(educator):
    homes = []
    for status in ("reset", "denied", "withdrawn", "passed"):
        attempt = started_attempt(educator)
        Attempt.objects.filter(pk=attempt.pk).update(status=status)
        homes.append(attempt.micro_certification.slug)

    files = opened(educator)

    folders = {path.split("/")[1].rpartition(" ")[2] for path in files if "Part 1.md" in path}
    assert folders == set(homes)


def test_nothing_of_anybody_else_is_in_it(educator):
    other = MemberFactory(name="Olga Other")
    attempt = started_attempt(other)
    handed_in(attempt, "secret.pdf", b"theirs")
    asked(other, "Their question")

    assert opened(educator) == {}


def test_a_lost_original_is_left_out_and_all_else_comes_home(educator):
    attempt = started_attempt(educator)
    lost, kept = (handed_in(attempt, f"{n}.pdf", n.encode()) for n in ("lost", "kept"))
    default_storage.delete(lost.vault_key)

    paths = [path.rpartition("/")[2] for path in opened(educator) if "/Part 2/" in path]

    assert paths == ["02 kept.pdf"]
    assert default_storage.exists(kept.vault_key)


def test_the_page_gives_a_zip_with_the_day_in_its_name_and_keeps_it_from_caches(signed_in):
    response = signed_in.get("/my/takeout/")

    content = b"".join(response)
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == (
        f'attachment; filename="my-work-{timezone.now():%Y-%m-%d}.zip"'
    )
    assert response["Cache-Control"] == "no-store, private"
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == [takeout.SUMS]


def test_a_visitor_is_sent_to_sign_in_and_a_post_is_not_taken(client, educator):
    visitor = client.get("/my/takeout/")
    client.force_login(educator)

    assert visitor.url == "/accounts/login/?next=/my/takeout/"
    assert client.post("/my/takeout/").status_code == 405


def test_hours_of_video_pass_through_in_small_pieces(educator):
    attempt = started_attempt(educator)
    noise = hashlib.shake_256(b"noise").digest(12 * takeout.CHUNK + 5)
    row = handed_in(attempt, "lesson.mp4", noise)

    sent = list(takeout.pack(educator))

    with zipfile.ZipFile(io.BytesIO(b"".join(sent))) as archive:
        path = next(name for name in archive.namelist() if name.endswith("lesson.mp4"))
        assert hashlib.sha256(archive.read(path)).hexdigest() == row.sha256
        assert archive.getinfo(path).compress_type == zipfile.ZIP_STORED
    assert max(map(len, sent)) <= takeout.CHUNK + 1024
    assert len(sent) >= 13


def test_someone_who_leaves_halfway_leaves_nothing_open(educator):
    attempt = started_attempt(educator)
    handed_in(attempt, "lesson.mp4", bytes(3 * takeout.CHUNK))
    sending = takeout.pack(educator)
    next(sending)

    sending.close()

    assert list(sending) == []


def test_a_zip_over_four_gigabytes_is_written_in_the_large_form(educator, settings):
    attempt = started_attempt(educator)
    row = handed_in(attempt, "lesson.mp4", b"")
    with (settings.MEDIA_ROOT / row.vault_key).open("r+b") as file:
        file.truncate(4 * 1024**3 + 1)  # sparse: takes no room

    info = takeout.member("lesson.mp4", duties.Stored(row.vault_key))

    assert info.file_size == 4 * 1024**3 + 1
