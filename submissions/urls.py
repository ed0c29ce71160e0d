"""Addresses of an educator's own work."""

from django.urls import path

from submissions.views import (
    attempts,
    checks,
    drafts,
    evidence,
    files,
    held,
    parts,
    submit,
    uploads,
)

urlpatterns = [
    path("my/", attempts.my, name="my"),
    path("my/kept/", attempts.kept, name="kept"),
    path("micro-certifications/<slug:slug>/start/", attempts.attempt_start, name="attempt-start"),
    path("my/attempts/<uuid:public_id>/", attempts.attempt, name="attempt"),
    path("my/attempts/<uuid:public_id>/submit/", submit.attempt_submit, name="attempt-submit"),
    path("my/attempts/<uuid:public_id>/check/", checks.attempt_check, name="attempt-check"),
    path(
        "my/attempts/<uuid:public_id>/check/decide/",
        checks.attempt_check_decide,
        name="attempt-check-decide",
    ),
    path(
        "my/attempts/<uuid:public_id>/withdraw/",
        attempts.attempt_withdraw,
        name="attempt-withdraw",
    ),
    path(
        "my/attempts/<uuid:public_id>/bring-back/",
        attempts.attempt_bring_back,
        name="attempt-bring-back",
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
    path("my/attempts/<uuid:public_id>/uploads/", uploads.upload_add, name="upload-add"),
    path("my/uploads/<uuid:public_id>/", uploads.upload, name="upload"),
    path(
        "my/uploads/<uuid:public_id>/parts/<int:number>/", uploads.upload_part, name="upload-part"
    ),
    path("my/uploads/<uuid:public_id>/cancel/", uploads.upload_cancel, name="upload-cancel"),
    path("my/evidence/<uuid:public_id>/", files.evidence, name="evidence"),
    path("my/evidence/<uuid:public_id>/preview/", files.evidence_preview, name="evidence-preview"),
    path("my/evidence/<uuid:public_id>/copy/", files.evidence_copy, name="evidence-copy"),
    path(
        "my/evidence/<uuid:public_id>/copy/view/",
        files.evidence_copy_view,
        name="evidence-copy-view",
    ),
    path("my/evidence/<uuid:public_id>/remove/", evidence.evidence_remove, name="evidence-remove"),
    path(
        "my/evidence/<uuid:public_id>/put-back/",
        evidence.evidence_put_back,
        name="evidence-put-back",
    ),
    path("my/evidence/<uuid:public_id>/delete/", evidence.evidence_delete, name="evidence-delete"),
    path("staff/evidence/", held.staff_evidence, name="staff-evidence"),
    path("staff/evidence/<uuid:token>/", held.staff_evidence_item, name="staff-evidence-item"),
    path("staff/evidence/<uuid:token>/file/", held.staff_evidence_file, name="staff-evidence-file"),
    path(
        "staff/evidence/<uuid:token>/again/", held.staff_evidence_again, name="staff-evidence-again"
    ),
]
