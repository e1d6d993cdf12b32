"""The sign-in form: labels say what a field is, nothing is said twice."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """E-mail address and password. The page itself links to a forgotten password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            # A placeholder repeats the label in a colour that is hard to read.
            field.widget.attrs.pop("placeholder", None)
