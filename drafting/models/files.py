"""Bytes of papers, kept in the database: they commit with the row that names them, and one
backup holds everything (decision 0002)."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """An uploaded or issued file. Never changed once written."""

    name = models.CharField(_("name"), max_length=255)
    media_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(help_text=_("bytes"))
    data = models.BinaryField()
    stored_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name
