"""Addresses of help, sessions and the staff's side of both."""

from django.urls import path

from portal.support.views import help as helping
from portal.support.views import resources, sessions, staff_questions, staff_sessions

urlpatterns = [
    path("help/", helping.help_center, name="help"),
    path("help/faq/", helping.faq, name="faq"),
    path("help/ask/", helping.question_ask, name="question-ask"),
    path("help/resources/<slug:slug>/", resources.resource_detail, name="resource"),
    path("help/resources/<slug:slug>.pdf", resources.resource_pdf, name="resource-pdf"),
    path("my/questions/", helping.my_questions, name="my-questions"),
    path("my/questions/<uuid:public_id>/", helping.my_question, name="my-question"),
    path("sessions/", sessions.session_list, name="sessions"),
    path("sessions/<uuid:public_id>/", sessions.session_detail, name="session"),
    path("sessions/<uuid:public_id>.ics", sessions.session_ics, name="session-ics"),
    path("sessions/places/<uuid:public_id>/", sessions.registration, name="registration"),
    path(
        "sessions/places/<uuid:public_id>.ics", sessions.registration_ics, name="registration-ics"
    ),
    path("staff/help/", staff_questions.queue, name="staff-help"),
    path("staff/help/<uuid:public_id>/", staff_questions.question, name="staff-question"),
    path("staff/help/<uuid:public_id>/close/", staff_questions.close, name="staff-question-close"),
    path("staff/sessions/", staff_sessions.session_list, name="staff-sessions"),
    path("staff/sessions/new/", staff_sessions.session_new, name="staff-session-new"),
    path("staff/sessions/<uuid:public_id>/", staff_sessions.session_edit, name="staff-session"),
    path(
        "staff/sessions/<uuid:public_id>/registrations/",
        staff_sessions.registrations,
        name="staff-registrations",
    ),
    path(
        "staff/sessions/<uuid:public_id>/registrations.csv",
        staff_sessions.registrations_csv,
        name="staff-registrations-csv",
    ),
]
