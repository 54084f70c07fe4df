"""What changes accounts."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from trigpoint.errors import InputError
from trigpoint.web.accounts.models import Membership, Organisation, User
from trigpoint.web.audit.services import record

DEMONSTRATION_EMAIL = "demonstration@localhost"


@transaction.atomic
def add_user(
    *, email: str, password: str, organisation: str, by: User | None, name: str = "", may_import: bool = False
) -> User:
    """A new person who may read the plans of ``organisation``; an existing one joins it as well and keeps the password.

    With ``may_import`` the person may also take plans into the organisation; a right once given is not taken away here.
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
    membership, joined = Membership.objects.get_or_create(user=user, organisation=owner)
    if joined:
        record("membership added", by=by, subject=user.email, detail={"organisation": owner.name})
    if may_import and not membership.may_import:
        Membership.objects.filter(pk=membership.pk).update(may_import=True)
        record("right to import added", by=by, subject=user.email, detail={"organisation": owner.name})
    return user


@transaction.atomic
def add_demonstration_user() -> User:
    """The demonstration user, who has no password, sees every plan of this database and may import more."""
    user = User.objects.filter(email=DEMONSTRATION_EMAIL).first()
    if user is None:
        user = User.objects.create_user(DEMONSTRATION_EMAIL, name="Demonstration")
        record("user added", by=None, subject=user.email)
    user.organisations.set(Organisation.objects.all())
    user.membership_set.update(may_import=True)
    return user
