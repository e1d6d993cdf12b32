"""Forms: what a browser sends, as what a service takes."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from drafting.models.intake import ImportKind
from drafting.services.imports import Upload

ACCEPT = ".docx,.txt,.md,.xml,.akn"


class UploadForm(forms.Form):
    """A file of at most `settings.UPLOAD_MAX_BYTES` bytes."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Word (.docx), plain text or AKN, 25 MB at most."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("This file is empty: choose another."),
        },
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 25 MB: send the text without its pictures.")
            )
        return file

    def upload(self) -> Upload:
        """The file's name and bytes."""
        file = self.cleaned_data["file"]
        return Upload(file.name, file.read())


class PaperForm(UploadForm):
    """A contribution or a consolidated draft."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            (ImportKind.CONTRIBUTION.value, ImportKind.CONTRIBUTION.label),
            (ImportKind.DRAFT.value, ImportKind.DRAFT.label),
        ],
        initial=ImportKind.CONTRIBUTION.value,
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("Proposal code"),
        max_length=60,
        required=False,
        help_text=_("Only for a contribution that prints none: KES/75/4."),
    )
    field_order = ["kind", "file", "code"]


class BaseForm(UploadForm):
    """The adopted text that a new draft starts from."""

    symbol = forms.CharField(
        label=_("Symbol of the draft"), max_length=40, help_text=_("As on the paper: DL/12")
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=400,
        required=False,
        help_text=_("Leave empty to take the paper's own title."),
    )
    field_order = ["symbol", "title", "file"]
