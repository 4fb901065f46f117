"""Addresses of the Inbox."""

from __future__ import annotations

from django.urls import path

from bridgework.web.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.listed, name="list"),
    path("add", views.add, name="add"),
    path("<uuid:item_id>", views.item, name="item"),
    path("<uuid:item_id>/original", views.original, name="original"),
    path("<uuid:item_id>/set-aside", views.set_aside, name="set_aside"),
    path("<uuid:item_id>/bring-back", views.bring_back, name="bring_back"),
]
