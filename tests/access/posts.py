"""What each form is rightly sent: enough for whoever may send it to have an effect."""

import uuid
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import PASSWORD
from tests.reviews.factories import posted

NEW_PASSWORD = "another long enough phrase"


def sign_up(world):
    return {
        "email": "new@school.example",
        "name": "Nora New",
        "password1": NEW_PASSWORD,
        "association": world.cta.pk,
        "member_number": "M77",
    }


def profile(world):
    return {"name": "Another Name", "association": world.cta.pk, "school": "Lakeside"}


def roster_of_members(world):
    rows = f"email,member number\n{world.users['administrator'].email},M99\n".encode()
    return {"association": world.cta.pk, "file": SimpleUploadedFile("members.csv", rows)}


def answer_of_the_university(world):
    head = "reference,student_id,grade\n"
    reference = world.batch.applications.get().public_id
    rows = f"{head}{reference},123456789,\n".encode()
    return {"file": SimpleUploadedFile("answer.csv", rows)}


def session_facts(world):
    return {
        "association": "cta",
        "title": "How it works",
        "day": date(2030, 3, 5),
        "starts": "16:00",
        "ends": "17:00",
        "link": "https://meet.example.org/room",
    }


def term_facts(world):
    return {
        "opens_on": "2020-01-02",
        "application_deadline": "2098-12-01",
        "unit_cap": "6",
        "fee": "80.00",
    }


REASON = {"reason": "Asked for by the school."}

POSTS = {
    "account_change_password": {
        "oldpassword": PASSWORD,
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    },
    "account_email": {"email": "second@school.example", "action_add": ""},
    "account_login": lambda world: {"login": world.owner.email, "password": PASSWORD},
    "account_reset_password": lambda world: {"email": world.owner.email},
    "account_set_password": {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    "account_reauthenticate": {"password": PASSWORD},
    "mfa_reauthenticate": {"code": "000000"},
    "account_signup": sign_up,
    "attempt-submit": {"note": "What I changed."},
    "batch": answer_of_the_university,
    "batches": lambda world: {"term": world.term.public_id},
    "charge-settle": {"reference": "check 7"},
    "charge-waive": {"reason": "Paid by the district."},
    "credits-identifier": {"identifier": "7654321", "consent": "on"},
    "evidence-add": {"requirement": "proof", "url": "https://example.org/more"},
    "hours-correct": {"hours": "20", **REASON},
    "hours-hold": REASON,
    "hours-release": lambda world: {"entry": [world.line.public_id]},
    "hours-reports": {"program": "act-48"},
    "hours-send-back": REASON,
    "hours-void": REASON,
    "membership-claim": lambda world: {"association": world.psea.pk, "number": "P55"},
    "membership-settle": {"status": "lapsed"},
    "part": {"seen": "0", "answer_1": "My setting.", "answer_2": "What is hard."},
    "profile": profile,
    "question-ask": {"text": "How long?", "visitor_email": "vic@home.example", "page": "/stacks/"},
    "review": lambda world: posted(world.seat, comment="Much better."),
    "review-decline": REASON,
    "reviewer-profile": {"capacity": "3", "away_until": "2026-12-24"},
    "roster": roster_of_members,
    "session": {"visitor_name": "Vic Visitor", "visitor_email": "vic@home.example"},
    "showcase-arrange": {"do": "hide"},
    "staff-badge-revoke": REASON,
    "staff-badge-name": {"name": "Olive O. Owner", "reason": "misspelled"},
    "staff-evidence-item": REASON,
    "staff-question": {"answer": "Press Start."},
    "staff-review-reassign": REASON,
    "staff-round-return": REASON,
    "staff-session": session_facts,
    "staff-session-new": session_facts,
    "term": term_facts,
    "units-apply": lambda world: {
        "key": uuid.UUID(int=7),
        "term": world.term.public_id,
        "units": "1",
    },
    "units-reject": REASON,
    "verify": lambda world: {"address": world.badge.url},
}


def data_for(name, world):
    """What the form at this address is rightly sent."""
    data = POSTS.get(name, {})
    return data(world) if callable(data) else dict(data)
