"""What a packet is made of, as packet.toml says it: frozen, with nothing read from the exhibits yet.

Docs: docs/reference/packet-folder.md. Tests: tests/packets/test_folder.py.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path


class Forum(StrEnum):
    """Where the packet goes."""

    IMMIGRATION_COURT = "immigration_court"
    USCIS = "uscis"
    BIA = "bia"
    STATE_COURT = "state_court"

    @property
    def wants_service(self) -> bool:
        """Whether a proof of service belongs to the packet: everywhere but at USCIS."""
        return self is not Forum.USCIS

    @property
    def is_removal(self) -> bool:
        """Whether the case is one of removal proceedings: its caption says DETAINED or NON-DETAINED."""
        return self in (Forum.IMMIGRATION_COURT, Forum.BIA)


class HearingKind(StrEnum):
    """A short scheduling hearing, or the one at which evidence is heard."""

    MASTER = "master"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class Respondent:
    """A person whom the packet is about. Both texts are printed exactly as given."""

    name: str
    a_number: str  # empty where the forum does not ask for one


@dataclass(frozen=True, slots=True)
class Hearing:
    """The next hearing."""

    kind: HearingKind
    date: date
    time: str  # "13:00"; empty if not known
    judge: str  # empty if not known


@dataclass(frozen=True, slots=True)
class Filer:
    """Who files. Without an EOIR ID and a firm the filer is pro se."""

    name: str
    eoir_id: str
    firm: str
    address: tuple[str, ...]
    phone: str
    email: str

    @property
    def is_pro_se(self) -> bool:
        """Whether the filer speaks for themself."""
        return not self.eoir_id and not self.firm


@dataclass(frozen=True, slots=True)
class Translator:
    """Who certifies a translation. `languages`: ISO 639-3."""

    name: str
    address: str
    phone: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the folder: the name as packet.toml writes it, and where it was found."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One tab. Several sources follow one another in the order given (photos of one paper)."""

    title: str
    sources: tuple[Source, ...]
    language: str  # ISO 639-3
    translation: tuple[Source, ...] = ()  # empty for English
    translator: Translator | None = None

    @property
    def needs_translation(self) -> bool:
        """Whether the exhibit is in another language than English."""
        return self.language != ENGLISH


@dataclass(frozen=True, slots=True)
class Service:
    """How, when and on whom the other side is served. `address` is empty for the portal."""

    method: str
    on: str
    date: date
    address: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes that the portal takes, in bytes; None where no limit is known."""

    upload_bytes: int | None
    envelope_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that packet.toml says."""

    forum: Forum
    court: str
    filing_title: str
    detained: bool | None  # None outside removal proceedings
    filing_date: date
    respondents: tuple[Respondent, ...]
    hearing: Hearing | None
    filer: Filer
    exhibits: tuple[Exhibit, ...]
    service: Service | None
    limits: Limits


ENGLISH = "eng"
