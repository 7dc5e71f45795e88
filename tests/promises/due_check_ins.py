"""Puts check-ins into an office that is served, from a process of its own, and says what became of them.

Runs as `python -m tests.promises.due_check_ins FOLDER`: makes three and prints them as JSON, with names and a canary
nowhere but in the database. `… FOLDER told`: prints how each stands. Everybody in it is made up.
"""

import json
import sys
from pathlib import Path

from posada.cli.office_start import start_office


def main(folder: Path, what: str = "") -> None:
    """Make them, or tell how they stand."""
    start_office(folder)
    from posada.office.away.models import AwayForm
    from posada.office.day import today
    from posada.office.intake.models import Child, SiblingGroup
    from posada.office.licensing.models import Home
    from posada.office.placement.models import CheckIn

    if what == "told":
        rows = CheckIn.objects.filter(kind="day_7").order_by("entered_at")
        told = [[str(each.pk), each.outcome, each.note, each.version] for each in rows]
        forms = [[each.state, each.note] for each in AwayForm.objects.order_by("received_at")]
        print(json.dumps({"check_ins": told, "forms": forms}))
        return
    home = Home.objects.order_by("pk")[0]
    groups = SiblingGroup.objects.filter(voided_at__isnull=True, held_reason="").order_by("pk")[:3]
    made = [CheckIn.objects.create(group=each, home=home, kind="day_7", due_on=today()) for each in groups]
    names = list(Child.objects.filter(group__in=groups).values_list("given_name", "family_name"))
    print(json.dumps({"ids": [str(each.pk) for each in made], "names": names, "today": today().isoformat()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
