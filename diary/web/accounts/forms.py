"""Forms of the door and of one's own account."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from ...domain.accounts import PASSWORD_MAX, PASSWORD_MIN
from ..forms import DiaryForm

_KNOWN = {"autocomplete": "current-password"}
_NEW = {"autocomplete": "new-password", "minlength": str(PASSWORD_MIN)}
_NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


class SignInForm(DiaryForm):
    username = StringField("Tên đăng nhập", [InputRequired("Hãy ghi tên đăng nhập."), Length(max=60)], render_kw=_NAME)
    password = PasswordField("Mật khẩu", [InputRequired("Hãy ghi mật khẩu."), Length(max=PASSWORD_MAX)], render_kw=_KNOWN)


class ForgottenForm(DiaryForm):
    username = StringField("Tên đăng nhập", [InputRequired("Hãy ghi tên đăng nhập."), Length(max=60)], render_kw=_NAME)


class ActivationForm(DiaryForm):
    username = StringField(
        "Tên đăng nhập", [InputRequired("Hãy ghi tên đăng nhập in trên phiếu hoặc trong thư."), Length(max=60)], render_kw=_NAME
    )
    code = StringField(
        "Mã kích hoạt",
        [InputRequired("Hãy ghi mã kích hoạt in trên phiếu hoặc trong thư."), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )
    password = PasswordField("Mật khẩu mới", [InputRequired("Hãy chọn một mật khẩu.")], render_kw=_NEW)
    again = PasswordField("Nhập lại mật khẩu", [InputRequired("Hãy nhập lại mật khẩu.")], render_kw=_NEW)


class PasswordForm(DiaryForm):
    old = PasswordField("Mật khẩu hiện tại", [InputRequired("Hãy ghi mật khẩu hiện tại."), Length(max=PASSWORD_MAX)], render_kw=_KNOWN)
    password = PasswordField("Mật khẩu mới", [InputRequired("Hãy chọn một mật khẩu.")], render_kw=_NEW)
    again = PasswordField("Nhập lại mật khẩu", [InputRequired("Hãy nhập lại mật khẩu.")], render_kw=_NEW)


_CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
_FIGURES = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class SecondStepForm(DiaryForm):
    code = StringField("Mã xác thực", [InputRequired("Hãy ghi mã đang hiện trên ứng dụng."), Length(max=40)], render_kw=_CODE)


class AppCodeForm(DiaryForm):
    code = StringField("Mã 6 số", [InputRequired("Hãy ghi mã đang hiện trên ứng dụng."), Length(max=40)], render_kw=_FIGURES)


class ProofForm(DiaryForm):
    """The password and a code: who gives both is the account's holder."""

    password = PasswordField("Mật khẩu", [InputRequired("Hãy ghi mật khẩu."), Length(max=PASSWORD_MAX)], render_kw=_KNOWN)
    code = StringField("Mã xác thực", [InputRequired("Hãy ghi mã đang hiện trên ứng dụng."), Length(max=40)], render_kw=_CODE)
