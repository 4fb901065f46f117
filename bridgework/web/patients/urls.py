"""Addresses of patients."""

from __future__ import annotations

from django.urls import path

from bridgework.web.patients import views

app_name = "patients"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("<uuid:patient_id>", views.page, name="page"),
    path("<uuid:patient_id>/change", views.edit, name="edit"),
]
