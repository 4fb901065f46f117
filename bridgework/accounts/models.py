"""People who sign in, and the organizations that they work for."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from bridgework.lib.ids import uuid7
from bridgework.network.models import Office, Organization


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, name: str = "") -> User:
        """Make a person who may sign in; without a password only a reset link lets them in."""
        user = User(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(force_insert=True)
        return user


class User(AbstractBaseUser):
    """A person. What they may do depends on the membership that they act under."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    email = models.EmailField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects = Users()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name as people say it."""
        return self.name


class Role(models.TextChoices):
    EVERYONE = "everyone", "Everyone"  # practices of one to three people
    FRONT_DESK = "front_desk", "Front desk"
    COORDINATOR = "coordinator", "Treatment coordinator"
    CLINICIAN = "clinician", "Dentist or surgeon"
    ADMINISTRATOR = "administrator", "Practice administrator"


class Membership(models.Model):
    """A person works for an organization in a role."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True)
    role = models.TextField(choices=Role)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "user"], name="accounts_membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} as {self.role}"
