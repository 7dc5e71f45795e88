from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("docket", "0002_rule_sign_offs")]

    operations = [
        migrations.RemoveIndex(model_name="deadline", name="docket_dead_state_b2a817_idx"),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                fields=["state", "voided_at", "day", "group", "rule_id", "id", "days_needed"],
                name="docket_dates_by_day",
            ),
        ),
    ]
