"""Tờ trình of a base to the bloc: how many of each branch it asks to be recognised at which level."""

from ..domain.figures import padded
from ..domain.papers import plain_name
from ..domain.petitions import Petition, counted
from .levels import by_unit, denominator, in_words
from .outlines import Block, Closing, Outline, Style, Words, pdf
from .page import PORTRAIT
from .text import NBSP

TITLE = "Tờ trình đề nghị công nhận xếp loại"


def render(petition: Petition) -> bytes:
    """A base's petition in, its PDF out."""
    return pdf(outline(petition))


def outline(petition: Petition) -> Outline:
    """What the petition says, before it is set."""
    return Outline(
        title=f"{TITLE} năm {petition.year}",
        letterhead=petition.letterhead,
        kind="TỜ TRÌNH",
        subject=("Đề nghị công nhận kết quả", f"đánh giá, xếp loại đoàn viên năm {petition.year}"),
        blocks=_blocks(petition),
        verification=petition.verification,
    )


def _blocks(petition: Petition) -> tuple[Block, ...]:
    bloc = plain_name(petition.bloc)
    end = Words(f"Kính đề nghị Ban Thường vụ {bloc} xem xét, quyết định./.")
    return (
        Words(f"Kính gửi: Ban Thường vụ {bloc}.", Style.CENTRED_BOLD),
        Words(_done(petition)),
        *_asked(petition),
        *_missing(petition),
        end,
        Closing(petition.signer, petition.recipients),
    )


def _done(petition: Petition) -> str:
    basis = petition.guidance or "công tác đánh giá, xếp loại đoàn viên"
    done = f"đã hướng dẫn các chi đoàn họp đánh giá, xếp loại đoàn viên năm {petition.year} và xem xét đề nghị của từng chi đoàn."
    return f"Thực hiện {basis}, Ban Chấp hành {plain_name(petition.base)} {done}"


def _asked(petition: Petition) -> tuple[Block, ...]:
    """The counts by branch, in a table and in words."""
    names = [(branch.name,) for branch in petition.branches]
    counts = [counted(petition.levels, (row.proposed for row in branch.rows)) for branch in petition.branches]
    if not counts:
        return (Words("Chưa có chi đoàn nào được chuyển lên."),)
    sums = [sum(column) for column in zip(*counts, strict=True)]
    whose = f"{padded(sum(sums))}{NBSP}đoàn viên thuộc {padded(len(counts))}{NBSP}chi đoàn"
    return (
        Words(f"Ban Chấp hành {plain_name(petition.base)} đề nghị công nhận kết quả của {whose} như sau:"),
        by_unit("Tổng hợp", "Chi đoàn", names, counts, petition.levels, PORTRAIT.width, petition.earlier),
        Words(denominator(sum(sums), "được đề nghị", len(counts), petition.earlier, petition.levels), Style.NOTE),
        Words(f"Trong đó {in_words(petition.levels, sums)}. Danh sách đề nghị gửi kèm Tờ trình này."),
    )


def _missing(petition: Petition) -> tuple[Block, ...]:
    if not petition.missing:
        return ()
    return (Words(f"Còn {padded(len(petition.missing))}{NBSP}chi đoàn trình sau: {', '.join(petition.missing)}."),)
