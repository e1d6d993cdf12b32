"""Forms: what a browser sends, as what a service takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from drafting.models.intake import ImportKind
from drafting.services.imports import Upload

ACCEPT = ".docx,.txt,.md,.xml,.akn"


class SeveralFiles(forms.FileField):
    """One file or more: each is checked as one would be; gives a list."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFiles, self).clean(file, initial) for file in files or [None]]


class SeveralInput(forms.FileInput):
    allow_multiple_selected = True


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
        found = self.cleaned_data["file"]
        for file in found if isinstance(found, list) else [found]:
            if file.size > settings.UPLOAD_MAX_BYTES:
                raise forms.ValidationError(
                    _("This file is larger than 25 MB: send the text without its pictures.")
                )
        return found

    def uploads(self) -> list[Upload]:
        """The names and bytes of the files."""
        found = self.cleaned_data["file"]
        files = found if isinstance(found, list) else [found]
        return [Upload(file.name, file.read()) for file in files]


class PaperForm(UploadForm):
    """Contributions, as many as have come, or a consolidated draft."""

    file = SeveralFiles(
        label=_("File"),
        help_text=_(
            "Word (.docx), plain text or AKN, 25 MB at most. Several contributions at once."
        ),
        widget=SeveralInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("This file is empty: choose another."),
        },
    )

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

    def clean(self) -> dict[str, Any]:
        """What is meant for one paper is not said of several."""
        found = super().clean() or self.cleaned_data
        if len(found.get("file") or ()) > 1:
            if found.get("kind") == ImportKind.DRAFT:
                self.add_error("file", _("A draft is brought in alone: choose one file."))
            if found.get("code"):
                self.add_error("code", _("A code is for one paper: bring that one in alone."))
        return found


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
