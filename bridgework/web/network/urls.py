"""Addresses of offices."""

from __future__ import annotations

from django.urls import path

from bridgework.web.network import views

app_name = "network"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("new", views.new, name="new"),
    path("unlisted", views.unlisted, name="unlisted"),
    path("<uuid:office_id>", views.office, name="office"),
    path("<uuid:office_id>/change", views.edit, name="edit"),
    path("<uuid:office_id>/people", views.add_provider, name="add_provider"),
    path("people/<uuid:affiliation_id>/left", views.provider_left, name="provider_left"),
]
