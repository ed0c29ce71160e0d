"""Addresses of credit."""

from django.urls import path

from credits.views import educator, hours, units

HOURS = "staff/credits/hours/<uuid:public_id>"
REPORT = "staff/credits/reports/<uuid:public_id>"
APPLICATION = "staff/credits/applications/<uuid:public_id>"
MINE = "my/credits/units/<uuid:public_id>"
BATCH = "staff/credits/batches/<uuid:public_id>"

urlpatterns = [
    path("my/credits/", educator.my_credits, name="my-credits"),
    path("my/credits/units/apply/", educator.units_apply, name="units-apply"),
    path(f"{MINE}/", educator.units_application, name="units-application"),
    path(f"{MINE}/send/", educator.units_send, name="units-send"),
    path(f"{MINE}/withdraw/", educator.units_withdraw, name="units-withdraw"),
    path(
        "my/credits/programs/<slug:code>/",
        educator.credits_identifier,
        name="credits-identifier",
    ),
    path("my/credits/letters/<uuid:public_id>.pdf", educator.letter, name="letter"),
    path("staff/credits/", hours.staff_credits, name="staff-credits"),
    path("staff/credits/release/", hours.hours_release, name="hours-release"),
    path(f"{HOURS}/", hours.hours_entry, name="hours-entry"),
    path(f"{HOURS}/hold/", hours.hours_hold, name="hours-hold"),
    path(f"{HOURS}/resume/", hours.hours_resume, name="hours-resume"),
    path(f"{HOURS}/void/", hours.hours_void, name="hours-void"),
    path(f"{HOURS}/correct/", hours.hours_correct, name="hours-correct"),
    path(f"{HOURS}/send-back/", hours.hours_send_back, name="hours-send-back"),
    path("staff/credits/reports/", hours.hours_reports, name="hours-reports"),
    path(f"{REPORT}/", hours.hours_report, name="hours-report"),
    path(f"{REPORT}/accept/", hours.hours_report_accept, name="hours-report-accept"),
    path(f"{REPORT}/roster.<slug:form>", hours.hours_report_roster, name="hours-report-roster"),
    path("staff/credits/applications/", units.units_applications, name="units-applications"),
    path(f"{APPLICATION}/", units.units_check, name="units-check"),
    path(f"{APPLICATION}/reveal/", units.units_reveal, name="units-reveal"),
    path(f"{APPLICATION}/verify/", units.units_verify, name="units-verify"),
    path(f"{APPLICATION}/reject/", units.units_reject, name="units-reject"),
    path("staff/credits/batches/", units.batches, name="batches"),
    path(f"{BATCH}/", units.batch, name="batch"),
    path(f"{BATCH}/roster.<slug:form>", units.batch_roster, name="batch-roster"),
    path("staff/credits/terms/", units.terms, name="terms"),
    path("staff/credits/terms/<uuid:public_id>/", units.term, name="term"),
]
