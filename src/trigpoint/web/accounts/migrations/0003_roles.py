"""Rights become roles: who could import is a planner, everybody else a viewer."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def roles_of_rights(apps: Any, schema: Any) -> None:
    apps.get_model("accounts", "Membership").objects.filter(may_import=True).update(role="planner")


def rights_of_roles(apps: Any, schema: Any) -> None:
    apps.get_model("accounts", "Membership").objects.filter(role="planner").update(may_import=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_may_import")]

    operations = [
        migrations.AddField("membership", "role", models.TextField(default="viewer")),
        migrations.AddField("membership", "place", models.TextField(blank=True, default="")),
        migrations.AddField("membership", "programme", models.TextField(blank=True, default="")),
        migrations.RunPython(roles_of_rights, rights_of_roles),
        migrations.RemoveConstraint("membership", "one_membership_each"),
        migrations.RemoveField("membership", "may_import"),
        migrations.AddConstraint(
            "membership",
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "place", "programme"], name="one_role_each"
            ),
        ),
    ]
