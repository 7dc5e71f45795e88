"""Strangers' files are opened apart: bounded memory and time, and one bad file harms no other."""

import os
import signal
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from posada.packets import worker
from posada.packets.located import NotUsable
from posada.packets.workshop import BROKE, TOO_LONG, Workshop
from tests.packets.made import page_pdf


def job(path: Path, out: Path) -> dict[str, str]:
    """A job that makes a file's pages."""
    return {"do": "normalize", "path": str(path), "out": str(out), "name": path.name}


def test_one_worker_answers_many_jobs_and_a_refusal_ends_nothing(tmp_path: Path) -> None:
    good, bad = page_pdf(tmp_path / "good.pdf"), tmp_path / "bad.pdf"
    bad.write_bytes(b"nothing")
    with Workshop() as shop:
        assert shop.ask(job(good, tmp_path / "o.pdf"))["pages"] == 1
        with pytest.raises(NotUsable, match="it is not a PDF"):
            shop.ask(job(bad, tmp_path / "o.pdf"))
        assert shop.ask(job(good, tmp_path / "o.pdf"))["pages"] == 1


def test_a_job_that_takes_too_long_is_ended_and_the_next_is_done(tmp_path: Path) -> None:
    good = page_pdf(tmp_path / "good.pdf")
    with Workshop() as shop:
        with pytest.raises(NotUsable, match=TOO_LONG):
            shop.ask(job(good, tmp_path / "o.pdf"), seconds=0.0)
        assert shop.ask(job(good, tmp_path / "o.pdf"))["pages"] == 1


def test_drawings_within_drawings_without_end_are_refused(tmp_path: Path) -> None:
    def nest(pdf: Pdf) -> None:
        inner = pdf.make_stream(b"0 0 1 1 re f", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        for _ in range(40):
            outer = pdf.make_stream(b"/A Do " * 10, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
            outer.Resources = Dictionary(XObject=Dictionary(A=inner))
            inner = outer
        pdf.pages[0].obj.Resources.XObject = Dictionary(A=inner)
        pdf.pages[0].contents_add(b"/A Do")

    bad = page_pdf(tmp_path / "bad.pdf", change=nest)
    with Workshop() as shop, pytest.raises(NotUsable) as told:
        shop.ask(job(bad, tmp_path / "o.pdf"), seconds=2.0)
    assert told.value.reason in (TOO_LONG, BROKE)


def test_a_worker_that_is_brought_down_is_told_and_replaced(tmp_path: Path) -> None:
    good = page_pdf(tmp_path / "good.pdf")
    with Workshop() as shop:
        shop.ask(job(good, tmp_path / "o.pdf"))
        assert shop._process is not None
        os.kill(shop._process.pid, signal.SIGSTOP)
        os.kill(shop._process.pid, signal.SIGKILL)
        with pytest.raises(NotUsable, match=BROKE):
            shop.ask(job(good, tmp_path / "o.pdf"))
        assert shop.ask(job(good, tmp_path / "o.pdf"))["pages"] == 1


def test_what_a_library_raises_is_told_without_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(_: object) -> dict[str, object]:
        raise LookupError("the child's name")

    monkeypatch.setitem(worker.JOBS, "normalize", raising)
    told = worker.answer({"do": "normalize"})
    assert told == {"refused": "it cannot be read (LookupError); print it to a new PDF, and use that one"}


def test_too_much_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(_: object) -> dict[str, object]:
        raise MemoryError

    monkeypatch.setitem(worker.JOBS, "normalize", raising)
    assert "more memory than a file of a packet may" in worker.answer({"do": "normalize"})["refused"]
