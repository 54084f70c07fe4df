"""What changes accounts."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from trigpoint.errors import InputError
from trigpoint.web.accounts.access import Grant, Role
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.audit.services import record

DEMONSTRATION_EMAIL = "demonstration@localhost"
DEMONSTRATION_ROLES = (Role.PLANNER, Role.APPROVER)


@transaction.atomic
def add_user(
    *, email: str, password: str, organisation: str, by: User | None, name: str = "", role: Role = Role.VIEWER
) -> User:
    """A new person with a role in ``organisation``; an existing one holds it as well and keeps the password.
    Raises ``InputError`` for an address that is none, a password that is too easy, or an organisation without a plan.
    """
    owner = Organisation.objects.filter(name=organisation).first()
    if owner is None:
        known = "; ".join(Organisation.objects.order_by("name").values_list("name", flat=True)) or "none yet"
        raise InputError(f"no plan of the organisation “{organisation}” is loaded", remedy=f"loaded: {known}")
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User(email=email.strip().lower(), name=name)
        try:
            validate_email(user.email)
            validate_password(password, user)
        except ValidationError as error:
            raise InputError(" ".join(error.messages).rstrip(".")) from error
        user.set_password(password)
        user.save()
        record("user added", by=by, subject=user.email)
    give_role(user, owner, Grant(role), by=by)
    return user


@transaction.atomic
def give_role(user: User, organisation: Organisation, grant: Grant, *, by: User | None) -> Membership:
    """The person holds a role in the organisation; nothing happens where that is so already."""
    held = {"role": grant.role, "place": grant.place, "programme": grant.programme}
    membership, given = Membership.objects.get_or_create(user=user, organisation=organisation, **held)
    if given:
        told = {"organisation": organisation.name, "role": grant.role.value}
        told |= {name: held[name] for name in ("place", "programme") if held[name]}
        record("role given", by=by, of=organisation, subject=user.email, detail=told)
    return membership


@transaction.atomic
def add_demonstration_user() -> User:
    """The demonstration user, who has no password, is planner and approver of every organisation of this database."""
    user = User.objects.filter(email=DEMONSTRATION_EMAIL).first()
    if user is None:
        user = User.objects.create_user(DEMONSTRATION_EMAIL, name="Demonstration")
        record("user added", by=None, subject=user.email)
    for organisation in Organisation.objects.all():
        for role in DEMONSTRATION_ROLES:
            give_role(user, organisation, Grant(role), by=None)
    return user
