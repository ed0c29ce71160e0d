"""Addresses of an educator's own work."""

from django.urls import path

from submissions.views import attempts, drafts, evidence, parts

urlpatterns = [
    path("my/", attempts.my, name="my"),
    path("micro-certifications/<slug:slug>/start/", attempts.attempt_start, name="attempt-start"),
    path("my/attempts/<uuid:public_id>/", attempts.attempt, name="attempt"),
    path("my/attempts/<uuid:public_id>/submit/", attempts.attempt_submit, name="attempt-submit"),
    path(
        "my/attempts/<uuid:public_id>/withdraw/",
        attempts.attempt_withdraw,
        name="attempt-withdraw",
    ),
    path("my/attempts/<uuid:public_id>/parts/<int:number>/", parts.part, name="part"),
    path(
        "my/attempts/<uuid:public_id>/parts/<int:number>/complete/",
        parts.part_complete,
        name="part-complete",
    ),
    path(
        "my/attempts/<uuid:public_id>/parts/<int:number>/drafts/",
        drafts.part_drafts,
        name="part-drafts",
    ),
    path(
        "my/attempts/<uuid:public_id>/parts/<int:number>/drafts/<uuid:draft_id>/",
        drafts.part_draft_restore,
        name="part-draft-restore",
    ),
    path("my/attempts/<uuid:public_id>/evidence/", evidence.evidence_add, name="evidence-add"),
    path("my/evidence/<uuid:public_id>/", evidence.evidence, name="evidence"),
    path(
        "my/evidence/<uuid:public_id>/preview/", evidence.evidence_preview, name="evidence-preview"
    ),
    path("my/evidence/<uuid:public_id>/remove/", evidence.evidence_remove, name="evidence-remove"),
]
