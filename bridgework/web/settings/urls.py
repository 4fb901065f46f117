"""Addresses of settings."""

from __future__ import annotations

from django.urls import path

from bridgework.web.settings import views

app_name = "settings"
urlpatterns = [
    path("", views.home, name="home"),
    path("practice", views.practice, name="practice"),
    path("people", views.people, name="people"),
    path("people/invite", views.invite, name="invite"),
    path("people/<uuid:membership_id>", views.person, name="person"),
    path("people/<uuid:membership_id>/link", views.password_link, name="password_link"),
    path("people/<uuid:membership_id>/leave", views.leave, name="leave"),
    path("switch", views.switch, name="switch"),
]
