"""The address of the first page of an installation."""

from __future__ import annotations

from django.urls import path

from bridgework.web.setup import views

app_name = "setup"
urlpatterns = [path("", views.begin, name="begin")]
