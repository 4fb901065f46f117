import pytest
from django.test import Client

from bridgework.lib.data_folder import ConfigurationError
from bridgework.ops import people
from tests.cast import Cast


def test_person_without_email_gets_a_link_from_whoever_runs_the_installation(cast: Cast) -> None:
    link = people.password_link(f" {cast.general.user.email.upper()} ")
    path = link.removeprefix("http://localhost:8000")
    assert path != link
    assert "Choose a password" in Client().get(path, follow=True).content.decode()


def test_nobody_else_gets_one(cast: Cast) -> None:
    cast.general.user.is_active = False
    cast.general.user.save()
    for email in (cast.general.user.email, "nobody@example.org", ""):
        with pytest.raises(ConfigurationError, match="Nobody signs in as"):
            people.password_link(email)
