# Lines of a live event stand apart from the versions of its page, with the name of who said them.
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="liveupdate", options={"ordering": ["said_at", "pk"]}),
        migrations.RemoveField(model_name="liveupdate", name="sort_order"),
        migrations.AddField(
            model_name="liveupdate",
            name="said_by",
            field=models.CharField(blank=True, max_length=150, verbose_name="who said it"),
        ),
        migrations.AlterField(
            model_name="liveupdate",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="updates",
                to="newsroom.liveeventpage",
            ),
        ),
    ]
