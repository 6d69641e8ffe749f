"""What is to be printed together: for which unit, and in what form."""

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from ...domain.bulk_papers import FORM_LABELS, PrintForm
from ...domain.figures import number
from ...queries.bulk_papers import PrintUnit
from ..forms import DiaryForm, IdField
from ..ids import row_number

_STEP = "\u00a0\u00a0\u00a0"


class PrintingForm(DiaryForm):
    """A unit of those one may print for, and one of the forms."""

    id = IdField()
    unit = SelectField("Đơn vị", coerce=row_number)
    form = RadioField("Tệp", choices=[SelectChoice(form.value, label) for form, label in FORM_LABELS.items()], default=PrintForm.PER_BRANCH)

    def offer(self, units: tuple[PrintUnit, ...]) -> None:
        """Offer these units, those below indented."""
        top = min((unit.depth for unit in units), default=0)
        self.unit.choices = [
            SelectChoice(unit.id, f"{_STEP * (unit.depth - top)}{unit.name} ({number(unit.people)} phiếu)") for unit in units
        ]
