"""programme.toml: the plan date, and the name, state, policy and seed of a program.

Comes in: the folder. Goes out: `Settings` and warnings, or FolderUnreadable with one line for each fault.
Docs: docs/reference/program-folder.md. Tests: tests/programme/test_settings.py.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from posada.programme.errors import FolderUnreadable
from posada.programme.printable import shown
from posada.programme.read import NotReadable, read_bytes
from posada.programme.rule_changes import KEY, rule_changes
from posada.programme.tables import SETTINGS_FILE
from posada.records import RuleChange, Warn
from posada.rulebook import shipped_policies

FIRST_PLAN_DATE, LAST_PLAN_DATE = date(1970, 1, 1), date(2199, 12, 31)
"""A plan date outside is a slip of the hand; inside, no sum of dates can overflow."""

MAX_SEED = 2**31 - 1
"""The largest seed that the solvers take."""

_KNOWN = ("plan_date", "name", "state", "policy", "seed")
_ALL_KNOWN = (*_KNOWN, KEY)
_DATE_WANTED = f"a date such as 2026-12-01, from {FIRST_PLAN_DATE} to {LAST_PLAN_DATE}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What programme.toml says."""

    plan_date: date
    name: str = ""
    state: str = ""
    policy: str = "maryland"
    seed: int = 0
    rule_changes: tuple[RuleChange, ...] = ()


def read_settings(folder: Path) -> tuple[Settings, tuple[Warn, ...]]:
    """Read programme.toml. Raises FolderUnreadable; an unknown key or state is only warned of."""
    path = folder / SETTINGS_FILE
    if not path.exists():
        raise FolderUnreadable((f"{SETTINGS_FILE}: this file is missing; it must give plan_date.",))
    try:
        raw = tomllib.loads(read_bytes(path, within=folder).decode("utf-8-sig"))
    except NotReadable as error:
        raise FolderUnreadable((f"{SETTINGS_FILE}: {error}.",)) from error
    except UnicodeDecodeError as error:
        raise FolderUnreadable((f"{SETTINGS_FILE}: it is not UTF-8 text; save it as UTF-8.",)) from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise FolderUnreadable((f"{SETTINGS_FILE}: not readable as TOML: {shown(str(error))}.",)) from error
    plan_date = _plan_date(raw.get("plan_date"))
    changes, wrong = rule_changes(raw.get(KEY, []))
    faults = _faults(raw, plan_date=plan_date)
    faults += [f"{where}: found {found}; wanted {wanted}." for where, found, wanted in wrong]
    if faults or plan_date is None:
        raise FolderUnreadable(tuple(f"{SETTINGS_FILE}: {fault}" for fault in faults))
    given = {key: raw[key] for key in _KNOWN[1:] if key in raw}
    return Settings(plan_date=plan_date, **given, rule_changes=changes), _warnings(raw)


def _plan_date(raw: object) -> date | None:
    if isinstance(raw, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        try:
            raw = date.fromisoformat(raw)
        except ValueError:
            return None
    if isinstance(raw, datetime) or not isinstance(raw, date):
        return None
    return raw if FIRST_PLAN_DATE <= raw <= LAST_PLAN_DATE else None


def _faults(raw: dict[str, object], *, plan_date: date | None) -> list[str]:
    found = []
    if "plan_date" not in raw:
        found.append(f"plan_date is missing; it must be {_DATE_WANTED}.")
    elif plan_date is None:
        found.append(f"plan_date must be {_DATE_WANTED}; found {shown(str(raw['plan_date']))}.")
    for key in ("name", "state", "policy"):
        if not isinstance(raw.get(key, ""), str):
            found.append(f"{key} must be text in quotes.")
    policy = raw.get("policy", "maryland")
    if isinstance(policy, str) and policy not in shipped_policies():
        listed = ", ".join(shipped_policies())
        found.append(f"there is no policy named {shown(policy)}; shipped policies: {listed}.")
    seed = raw.get("seed", 0)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MAX_SEED:
        found.append(f"seed must be a whole number from 0 to {MAX_SEED}.")
    return found


def _warnings(raw: dict[str, object]) -> tuple[Warn, ...]:
    found = [
        Warn(SETTINGS_FILE, 0, shown(key), "unknown key, not read")
        for key in sorted(set(raw) - set(_ALL_KNOWN))
    ]
    state = str(raw.get("state", ""))
    if state and not re.fullmatch(r"[A-Z]{2}", state):
        found.append(Warn(SETTINGS_FILE, 0, "state", f"{shown(state)} is not a two-letter USPS code"))
    return tuple(found)
