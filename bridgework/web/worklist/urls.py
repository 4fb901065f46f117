"""Addresses of Today and its tasks."""

from __future__ import annotations

from django.urls import path

from bridgework.web.worklist import tasks, today

app_name = "worklist"
urlpatterns = [
    path("", today.today, name="today"),
    path("tasks/<uuid:task_id>", tasks.task, name="task"),
    path("tasks/<uuid:task_id>/done", tasks.done, name="done"),
    path("tasks/<uuid:task_id>/reopen", tasks.reopen, name="reopen"),
    path("tasks/<uuid:task_id>/arrived", tasks.arrived, name="arrived"),
]
