"""Everything that an import writes, in one transaction that somebody else has begun: whole, or not at all.

Comes in: `Brought`, what it would change, and what was chosen. Goes out: counts by file. Revisions in bulk; the
caller writes the one entry of the log. Docs: docs/how-to/load-arrivals.md.
Tests: tests/office/intake/test_services.py.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from posada.office.access import doors
from posada.office.access.actor import Actor
from posada.office.casefile.search import index_names
from posada.office.counsel.rechecks import recheck_groups
from posada.office.day import today
from posada.office.intake import holding
from posada.office.intake.bulk import add_all, as_plain, batches, change_all
from posada.office.intake.differences import Changed, Compared, chosen
from posada.office.intake.models import Child, ProgramSettings, SiblingGroup
from posada.office.intake.reading import Brought
from posada.office.intake.records import (
    BY_CHECKS,
    BY_LICENSE,
    NamesNothing,
    Places,
    child_of,
    field_value,
    home_of,
    home_state,
    look_up,
    other_of,
)
from posada.office.intake.sealed_tables import SEALED_AS
from posada.office.intake.shapes import SHAPES
from posada.office.licensing.models import Home
from posada.office.placement.models import Placement

ACT = "import.take"
Told = Callable[[str, int, int], None]


@dataclass(slots=True)
class Written:
    """What an import wrote. `new`, `changed`: file → rows; `left_out`: (file, row) of rows that name nothing."""

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    holds: int = 0
    mended: int = 0
    settings: list[str] = field(default_factory=list)
    left_out: list[tuple[str, int]] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether anything was written at all."""
        counts = (*self.new.values(), *self.changed.values(), self.holds, self.mended)
        return any(counts) or bool(self.settings)


@dataclass(slots=True)
class Writer:
    """One import on its way into the tables."""

    brought: Brought
    compared: Mapping[str, Compared]
    choices: Mapping[str, Any]
    actor: Actor
    told: Told
    on: date = date.min
    places: Places = field(default_factory=Places)
    written: Written = field(default_factory=Written)
    _by_id: dict[str, dict[str, Any]] = field(default_factory=dict)
    _living: set[UUID] | None = None

    def write(self) -> Written:
        """Write everything, each file after those that it refers to."""
        self._settings()
        self.on = today()  # a demonstration stands on the day of the settings that were just written
        for file in ("courts.csv", "court_counties.csv", "homes.csv", "counsel.csv"):
            self._new(file)
        self._groups()
        self._new("children.csv")
        self._changes()  # before what is new: a placement has to end before the next one begins
        for file in SHAPES:
            if file not in self.written.new:
                self._new(file)
        self._sealed()
        recheck_groups(self.actor, self._with_other_people())
        held = holding.settle(self.brought, self.compared, places=self.places, actor=self.actor)
        self.written.holds, self.written.mended = held
        return self.written

    def _with_other_people(self) -> Iterator[UUID]:
        """Groups in which a child, a name, kin or a separation is new or changed."""
        children: set[str] = set()
        for file in ("children.csv", "people.csv", "kin.csv", "separations.csv"):
            compared = self.compared.get(file)
            for record in (
                [*(row for _, row in compared.new), *(each.record for each in compared.changed)]
                if compared
                else ()
            ):
                if file == "people.csv":
                    children.add(record.child_id)
                elif record.sibling_group_id in self.places.groups:
                    yield self.places.groups[record.sibling_group_id]
        for batch in batches(sorted(children), size=2_000):
            yield from Child.objects.filter(child_id__in=batch).values_list("group_id", flat=True)

    def _settings(self) -> None:
        settings = self.brought.settings
        if settings is None:
            return
        here = ProgramSettings.objects.get_or_create(pk=1)[0]
        for name in ("name", "state", "policy", "seed", "plan_date", "rule_changes"):
            value: Any = getattr(settings, name)
            if name == "rule_changes":
                value = [as_plain((each.rule, each.value, each.from_date)) for each in value]
            most: Any = getattr(ProgramSettings._meta.get_field(name), "max_length", None)
            value = value[:most] if isinstance(value, str) else value
            rule = self.choices.get("fields", {}).get(f"programme.toml:{name}", "")
            if value != getattr(here, name) and value not in ("", []) and rule != "keep":
                self.written.settings.append(name)
                setattr(here, name, value)
        if self.written.settings:
            here.save(update_fields=self.written.settings)

    def _groups(self) -> None:
        """Groups of new and moved children, and of refused ones, so that what is held is seen."""
        children = self.compared.get("children.csv")
        names = {record.sibling_group_id for _, record in children.new} if children else set()
        names |= {each.record.sibling_group_id for each in children.changed} if children else set()
        names |= set(self.brought.held)
        look_up(self.places, "groups", names)
        longest = SiblingGroup._meta.get_field("sibling_group_id").max_length or 80
        voided = set(
            SiblingGroup.objects.filter(voided_at__isnull=False).values_list("sibling_group_id", flat=True)
        )
        fresh = [
            SiblingGroup(sibling_group_id=name)
            for name in sorted(names - set(self.places.groups) - voided)
            if len(name) <= longest
        ]
        add_all(fresh, actor=self.actor, act=ACT)
        self.places.groups.update({each.sibling_group_id: each.pk for each in fresh})

    def _new(self, file: str) -> None:
        compared = self.compared.get(file)
        if compared is None or file in ("people.csv", "contacts.csv"):
            return
        self._find(compared)
        total = len(compared.new)
        self.written.new[file] = 0
        for batch in batches(compared.new, size=2_000):
            made = [
                each for each in (self._made(file, row, record) for row, record in batch) if each is not None
            ]
            self.written.new[file] += add_all(made, actor=self.actor, act=ACT)
            self._note(file, made)
            self.told(file, self.written.new[file], total)

    def _made(self, file: str, row: int, record: Any) -> Model | None:
        try:
            if file == "children.csv":
                return child_of(
                    record, places=self.places, person=self._said("people.csv").get(record.child_id)
                )
            if file == "homes.csv":
                contact = self._said("contacts.csv").get(record.home_id)
                return home_of(record, contact=contact, on=self.on)
            made = other_of(file, record, places=self.places, by=self.actor.user_id)
            if isinstance(made, Placement) and made.to_date is None:
                self._live_once(made)
            return made
        except NamesNothing:
            self.written.left_out.append((file, row))
            return None

    def _live_once(self, placement: Placement) -> None:
        """Raises NamesNothing where the child still lives somewhere, since its end was not taken."""
        if self._living is None:
            rows = Placement.objects.filter(to_date__isnull=True, voided_at__isnull=True)
            self._living = set(rows.values_list("child_id", flat=True))
        if placement.child_id in self._living:
            raise NamesNothing(placement.child_id)
        self._living.add(placement.child_id)

    def _said(self, file: str) -> dict[str, Any]:
        """The accepted rows of names or addresses by their id."""
        if file not in self._by_id:
            key = SHAPES[file].key[0]
            self._by_id[file] = {getattr(row, key): row for _, row in self.brought.readings[file].good}
        return self._by_id[file]

    def _note(self, file: str, made: list[Any]) -> None:
        if file == "children.csv":
            self.places.children.update({each.child_id: each.pk for each in made})
            index_names((each for each in made if each.given_name or each.family_name), new=True)
        elif file == "homes.csv":
            self.places.homes.update({each.home_id: each.pk for each in made})
        elif file == "counsel.csv":
            self.places.counsel.update({each.counsel_id: each.pk for each in made})

    def _find(self, compared: Compared) -> None:
        """Where the records stand that these rows name."""
        records = [record for _, record in compared.new] + [each.record for each in compared.changed]
        kinds: dict[str, tuple[str, ...]] = {
            "children": ("child_id",),
            "counsel": ("counsel_id",),
            "homes": ("home_id",),
        }
        kinds["groups"] = ("sibling_group_id", "other_group_id")
        for kind, columns in kinds.items():
            if compared.shape.file == f"{kind}.csv":
                continue
            ids = (getattr(record, column, None) for record in records for column in columns)
            look_up(self.places, kind, ids)

    def _changes(self) -> None:
        """Chosen differences, of one record together: names stand beside children, languages beside homes."""
        together: dict[tuple[type[Model], Any], tuple[int, dict[str, Any], dict[str, Any]]] = {}
        for file, compared in self.compared.items():
            for each in compared.changed:
                fields = self._fields(file, each)
                if fields:
                    self.written.changed[file] = self.written.changed.get(file, 0) + 1
                    key = (compared.shape.model, each.stands.pk)
                    _, before, after = together.setdefault(key, (each.stands.version, {}, {}))
                    before.update({name: old for name, (old, _) in fields.items()})
                    after.update({name: new for name, (_, new) in fields.items()})
        by_model: dict[type[Model], list[tuple[Any, int, dict[str, Any], dict[str, Any]]]] = defaultdict(list)
        for (model, pk), (version, before, after) in together.items():
            by_model[model].append((pk, version, before, after))
        for model, changes in by_model.items():
            told = self._with_states(changes) if model is Home else changes
            change_all(model, told, actor=self.actor, act=ACT)
        renamed = [pk for pk, _, _, after in by_model[Child] if {"given_name", "family_name"} & set(after)]
        for batch in batches(renamed, size=500):
            index_names(Child.objects.filter(pk__in=batch))

    def _fields(self, file: str, each: Changed) -> dict[str, tuple[Any, Any]]:
        found = {}
        for one in each.differences:
            if (file, one.column) in SEALED_AS or not chosen(one, self.choices):
                continue
            try:
                name, value = field_value(SHAPES[file], one.column, one.brought, places=self.places)
            except NamesNothing:
                self.written.left_out.append((file, one.row))
                continue
            found[name] = (one.stands, value)
        return found

    def _with_states(
        self, changes: list[tuple[Any, int, dict[str, Any], dict[str, Any]]]
    ) -> Iterator[tuple[Any, int, dict[str, Any], dict[str, Any]]]:
        """An open home whose check or license no longer stands is held; one held for that is opened when mended."""
        for batch in batches(changes, size=500):
            homes = Home.objects.in_bulk([pk for pk, *_ in batch])
            for pk, version, before, after in batch:
                home = homes[pk]
                says = {
                    name: after.get(name, getattr(home, name))
                    for name in ("kind", "license_from", "license_to", "checks_clear_until")
                }
                state, why = home_state(*says.values(), on=self.on)
                ours = home.state_reason in (BY_CHECKS, BY_LICENSE)
                if home.state == Home.State.OPEN or (home.state == Home.State.ON_HOLD and ours):
                    for name, value in (("state", state), ("state_reason", why)):
                        if getattr(home, name) != value:
                            before[name], after[name] = getattr(home, name), value
                yield pk, version, before, after

    def _sealed(self) -> None:
        for file, kind in (("people.csv", "children"), ("contacts.csv", "homes")):
            compared = self.compared.get(file)
            if compared is None:
                continue
            self._find_owners(compared, kind)
            total = len(compared.new) + len(compared.changed)
            done = 0
            for batch in batches(self._to_seal(compared, kind), size=2_000):
                doors.seal_many(SHAPES[file].model._meta.label_lower, batch)
                done += len(batch)
                self.told(file, done, total)
            self.written.new[file] = done

    def _find_owners(self, compared: Compared, kind: str) -> None:
        column = compared.shape.key[0]
        look_up(self.places, kind, (getattr(record, column) for _, record in compared.new))

    def _to_seal(self, compared: Compared, kind: str) -> Iterator[tuple[UUID, dict[str, str]]]:
        file, column = compared.shape.file, compared.shape.key[0]
        names = {name: sealed for (of, name), sealed in SEALED_AS.items() if of == file}
        for row, record in compared.new:
            try:
                owner = self.places.find(kind, getattr(record, column))
            except NamesNothing:
                self.written.left_out.append((file, row))
                continue
            values = {sealed: getattr(record, name).strip() for name, sealed in names.items()}
            if owner is not None:
                yield owner, {name: text for name, text in values.items() if text}
        for each in compared.changed:
            values = {
                names[one.column]: getattr(each.record, one.column).strip()
                for one in each.differences
                if one.column in names and chosen(one, self.choices)
            }
            if values:
                yield each.stands.pk, values
