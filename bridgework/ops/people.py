"""Helps somebody back in whom no e-mail can reach."""

from bridgework.lib.data_folder import ConfigurationError


def password_link(email: str) -> str:
    """Return the address at which a person chooses a new password; raise `ConfigurationError` when nobody signs in by it."""
    from bridgework.accounts import password_links
    from bridgework.accounts.models import User

    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise ConfigurationError(f"Nobody signs in as {email!r}.")
    return password_links.link_of(person)
