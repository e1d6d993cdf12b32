"""The template filter `told`: what the readers say, in the language of the page."""

from __future__ import annotations

from django import template

from drafting.services import telling

register = template.Library()
register.filter("told", telling.told)
