"""The name a badge was issued to stands on the badge; those issued before take today's name."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill_in(apps, schema_editor):
    """Give every badge the name its holder has now, which its papers print so far."""
    people = apps.get_model("accounts", "User").objects.filter(pk=OuterRef("recipient"))
    assertions = apps.get_model("badges", "Assertion").objects.filter(recipient_name="")
    assertions.update(recipient_name=Subquery(people.values("name")))


class Migration(migrations.Migration):
    dependencies = [
        ("badges", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="assertion",
            name="recipient_name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
