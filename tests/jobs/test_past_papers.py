"""A paper of a past year names units as they were then, whatever they are called, wherever they stand, whatever became of them."""

import subprocess
import uuid
from datetime import datetime

import pytest

from diary.domain.documents import About, DocumentKind
from diary.domain.units import UnitDraft, UnitKind
from diary.jobs.documents import printed
from diary.queries.decision_papers import decision_paper
from diary.queries.evaluation_sheets import evaluation_sheet
from diary.services import clock, units
from tests import factories, papers

SHEET, LIST, BOOK = DocumentKind.EVALUATION_SHEET, DocumentKind.PROPOSAL_LIST, DocumentKind.YEAR_BOOK


def text(content, folder):
    file = folder / f"{uuid.uuid4()}.pdf"
    file.write_bytes(content)
    return " ".join(subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout.split()).lower()


@pytest.fixture
def drawn(session, cast, tmp_path):
    """drawn() gives the words of the papers of `member`, her branch and its base of 2026, the sheet first."""
    storage = papers.press(tmp_path / "store").storage

    def draw():
        home = cast.units["BV-NOI"]
        mine = (About(kind, home, 2026, cast.member.member_id) for kind in (SHEET, BOOK))
        of_the_branch = (About(LIST, home, 2026), About(DocumentKind.MINUTES, home, 2026))
        of_the_base = (About(kind, cast.units["BV"], 2026) for kind in (DocumentKind.BASE_LIST, DocumentKind.PETITION))
        abouts = (*mine, *of_the_branch, *of_the_base)
        return [text(printed(about, clock.today(), storage), tmp_path) for about in abouts]

    return draw


def rename(actor, cast):
    units.rename_unit(actor("bloc_secretary"), cast.units["BV-NOI"], UnitDraft("Chi đoàn Tổng hợp Mới"), clock.today())
    units.rename_unit(actor("bloc_secretary"), cast.units["BV"], UnitDraft("Đoàn cơ sở Bệnh viện Mới"), clock.today())


def move(actor, cast):
    bloc = actor("bloc_secretary")
    other = units.add_unit(bloc, cast.units["KHOI"], UnitDraft("Đoàn cơ sở Bệnh viện Mới"), UnitKind.BASE_UNION, clock.today())
    units.move_unit(bloc, cast.units["BV-NOI"], other, clock.today())


def merge(actor, cast):
    units.rename_unit(actor("bloc_secretary"), cast.units["BV-NGOAI"], UnitDraft("Chi đoàn Tổng hợp Mới"), clock.today())
    units.merge_units(actor("base_secretary"), cast.units["BV-NOI"], cast.units["BV-NGOAI"], clock.today())


def merge_away(actor, cast):
    """Into a branch without a base between it and the bloc."""
    units.merge_units(actor("bloc_secretary"), cast.units["BV-NOI"], cast.units["KB"], clock.today())


@pytest.mark.parametrize("change", [rename, move, merge, merge_away])
def test_drafts_of_a_past_year_keep_its_names(actor, cast, time, drawn, change):
    papers.decide()
    time.move_to(datetime(2027, 6, 1, 9, tzinfo=factories.VIETNAM))
    before = drawn()
    change(actor, cast)
    after = drawn()
    for was, now in zip(before, after, strict=True):
        assert "khối nội" in now and "mới" not in now and "kho bạc" not in now and now == was
    assert "đoàn cơ sở xem xét" in after[0]


@pytest.mark.parametrize("change", [rename, move, merge_away])
def test_a_decision_names_the_branches_of_its_day(actor, cast, time, session, change):
    papers.decide()
    day = clock.today()
    before = decision_paper(cast.units["KHOI"], 2026, "21-QĐ/ĐTNK", day)
    time.move_to(datetime(2027, 6, 1, 9, tzinfo=factories.VIETNAM))
    change(actor, cast)
    after = decision_paper(cast.units["KHOI"], 2026, "21-QĐ/ĐTNK", day)
    assert [(unit.name, unit.above) for unit in after.units] == [("Chi đoàn Khối Nội", "Đoàn cơ sở Bệnh viện Đa khoa")]
    assert after == before


def test_issued_bytes_never_change(actor, cast, time, tmp_path):
    papers.decide()
    issued = papers.issued_sheet(tmp_path / "store")
    storage = papers.press(tmp_path / "store").storage
    about = About(SHEET, cast.units["BV-NOI"], 2026, cast.member.member_id)
    before = printed(about, clock.today(), storage)
    time.move_to(datetime(2027, 6, 1, 9, tzinfo=factories.VIETNAM))
    rename(actor, cast)
    merge_away(actor, cast)
    assert printed(about, clock.today(), storage) == before == storage.read(issued.sha256)


def test_a_paper_of_the_running_year_takes_the_new_name_at_once(actor, cast, session):
    papers.propose()
    rename(actor, cast)
    sheet = evaluation_sheet(cast.member.member_id, 2026, clock.today())
    assert "Tổng hợp Mới" in sheet.letterhead.author
