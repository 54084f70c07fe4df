"""Who may sign in, and whose plans they may see."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from trigpoint.web.accounts.access import Access, Grant, Right, Role, roles_with
from trigpoint.web.config.fields import EnumField


class Organisation(models.Model):
    """A body that owns plans. Its name is as printed in its plans."""

    name = models.TextField(unique=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept in lower case, because people do not type them alike twice."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person, known by e-mail address. What a person may see follows from memberships: there is no superuser."""

    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    organisations = models.ManyToManyField(Organisation, through="Membership", related_name="members")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    def access(self, organisation: Organisation) -> Access:
        """All that the person holds in an organisation; one query."""
        rows = self.membership_set.filter(organisation=organisation).values_list("role", "place", "programme")
        return Access(tuple(Grant(*row) for row in rows))

    def may(self, right: Right) -> bool:
        """Whether there is an organisation where this person may do that, at least to a part."""
        return self.membership_set.filter(role__in=roles_with(right)).exists()

    def organisations_where(self, right: Right) -> models.QuerySet[Organisation]:
        """The organisations where this person may do that, at least to a part."""
        held = self.membership_set.filter(role__in=roles_with(right)).values("organisation")
        return Organisation.objects.filter(pk__in=held)


class Membership(models.Model):
    """A role that a person holds in an organisation (``access`` says what it allows), for one place or programme alone
    where these are not "". A person may hold several."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    role = EnumField(Role, default=Role.VIEWER)
    place = models.TextField(blank=True, default="")
    programme = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "place", "programme"], name="one_role_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role.value} of {self.organisation}"
