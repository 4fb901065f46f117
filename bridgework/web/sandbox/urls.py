"""Addresses of the pretend phone; mounted in demo and training mode only."""

from __future__ import annotations

from django.urls import path

from bridgework.web.sandbox import views

app_name = "sandbox"
urlpatterns = [
    path("", views.phone, name="phone"),
    path("reply", views.reply, name="reply"),
]
