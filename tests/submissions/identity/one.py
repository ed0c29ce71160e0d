"""One profile and what is found with it: shared by the tests of the rules."""

from submissions.identity import Profile, check

DANA = Profile(
    name="Dana Marie Whitfield",
    nicknames=("Dee",),
    emails=("d.whitfield@riverbendusd.org", "danaw@gmail.com"),
    phone="(530) 555-0134",
    school="Alder Creek Elementary School",
    district="Riverbend Unified School District",
    local="Riverbend Teachers Association",
    member_numbers=("00482917", "MN-77 3"),
    handle="danaw5",
)


def found(text, profile=DANA):
    return [(one.rule, one.phrase) for one in check(profile, text)]


def certainty(text, profile):
    return [one.certainty for one in check(profile, text)]


def named(name, **values):
    return Profile(name=name, **values)
