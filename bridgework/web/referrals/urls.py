"""Addresses of referrals."""

from __future__ import annotations

from django.urls import path

from bridgework.web.referrals import charting, choosing, lists, making, views

app_name = "referrals"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("new", making.begin, name="new"),
    path("drafts/<uuid:draft_id>", making.draft, name="draft"),
    path("drafts/<uuid:draft_id>/patient", making.choose_patient, name="choose_patient"),
    path("drafts/<uuid:draft_id>/files", making.attach, name="draft_attach"),
    path("drafts/<uuid:draft_id>/files/<uuid:item_id>", making.file, name="draft_file"),
    path("drafts/<uuid:draft_id>/files/<uuid:item_id>/remove", making.detach, name="draft_detach"),
    path("drafts/<uuid:draft_id>/discard", making.discard, name="draft_discard"),
    path("<uuid:referral_id>", views.page, name="page"),
    path("<uuid:referral_id>/do/<slug:action>", views.do, name="do"),
    path("<uuid:referral_id>/correct/<uuid:entry_id>", views.correct, name="correct"),
    path("<uuid:referral_id>/redirect", choosing.redirect_to, name="redirect"),
    path("<uuid:referral_id>/assign", choosing.assign, name="assign"),
    path("<uuid:referral_id>/chart", charting.link, name="chart"),
    path("<uuid:referral_id>/attach", views.attach, name="attach"),
    path("<uuid:referral_id>/files/<uuid:item_id>", views.file, name="file"),
]
