"""The form of the settings: a field for each, made from what the rules ask."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from ...domain.errors import BadFields, BadInput
from ...domain.settings import ASKED, Settings, fingerprint, shown
from ..forms import DiaryForm, LineField


class SettingsForm(DiaryForm):
    seen = HiddenField()

    def show(self, settings: Settings) -> None:
        """Fill the form in with what holds."""
        self.seen.data = fingerprint(settings)
        for name, asked in ASKED.items():
            self[name].data = str(shown(asked, getattr(settings, name)))

    def refuse(self, error: BadInput) -> None:
        for name, message in error.faults.items() if isinstance(error, BadFields) else ():
            self[name].errors = [message]

    def typed(self) -> dict[str, str]:
        """What was typed, by name."""
        return {name: self[name].data for name in ASKED}


for _name, _asked in ASKED.items():
    setattr(SettingsForm, _name, LineField(_asked.label, 10, (InputRequired("Hãy ghi một số."),)))
