"""Every kind of hit and scope has words."""

import re
from pathlib import Path

from posada.office.counsel import conflicts
from posada.office.counsel.models import Engagement
from posada.office.counsel.words import HITS, SCOPES, hit_words


def test_every_kind_that_the_check_can_find_has_words() -> None:
    source = Path(str(conflicts.__file__)).read_text(encoding="utf-8")
    kinds = set(re.findall(r'"((?:kept|kin|client|named|counsel)_[a-z_]+)"', source))
    assert kinds == set(HITS)
    assert str(hit_words({"kind": "kin_kept_apart"})).startswith("Kin")


def test_every_scope_has_words() -> None:
    assert set(SCOPES) == set(Engagement.Scope.values)
