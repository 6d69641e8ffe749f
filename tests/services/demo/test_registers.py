"""The registers of the demo: alive, and at one with the levels beside them."""

from sqlalchemy import func, select

from diary.domain.training import TrainingResult
from diary.models.evaluations import Evaluation
from diary.models.fees import Fee
from diary.models.noted_figures import MemberFigure
from diary.models.training import Training
from diary.services import clock, demo
from tests.services.demo.test_making import empty

__all__ = ["empty"]


def test_the_demo_s_registers_hold_fees_to_this_quarter_and_results_that_go_with_the_levels(empty):
    demo.make_demo(members=80, years=2)
    year = clock.today().year
    assert empty.execute(select(func.max(Fee.quarter)).where(Fee.year == year)).scalar_one() == 4
    assert set(empty.execute(select(Fee.state).distinct()).scalars()) == {"paid", "exempt"}
    for table in (Fee, Training):
        assert empty.execute(select(func.max(table.noted_at))).scalar_one() <= clock.now()
    rows = select(Training.result).join(Evaluation, (Evaluation.member_id == Training.member_id) & (Evaluation.year == Training.year))
    top = list(empty.execute(rows.where(Evaluation.decided_level == "outstanding")).scalars())
    assert top and sum(result is TrainingResult.EXCELLENT for result in top) >= 0.8 * len(top)
    noted = empty.execute(select(func.count()).select_from(MemberFigure).where(MemberFigure.year == year)).scalar_one()
    suggested = set(empty.execute(select(Evaluation.suggested_level).where(Evaluation.decided_level != "")).scalars())
    assert noted and {"outstanding", "good", "done"} <= suggested, "figures noted by hand let every kind of suggestion come out"
