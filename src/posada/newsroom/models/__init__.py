"""Pages, clips and drafts of the public site. Tests: tests/newsroom/test_site.py."""

from posada.newsroom.models.clip import Clip
from posada.newsroom.models.drafts import Draft
from posada.newsroom.models.live_event import LiveEventPage, LiveUpdate
from posada.newsroom.models.second_reader import SecondReaderTask
from posada.newsroom.models.site_pages import FormPage, HomePage, NumbersPage, TextPage
from posada.newsroom.models.stories import (
    ArticlePage,
    ClipPage,
    NewsroomIndexPage,
)

__all__ = [
    "ArticlePage",
    "Clip",
    "ClipPage",
    "Draft",
    "FormPage",
    "HomePage",
    "LiveEventPage",
    "LiveUpdate",
    "NewsroomIndexPage",
    "NumbersPage",
    "SecondReaderTask",
    "TextPage",
]
