"""The field's rules, in the standard library alone: no clock, no database, no settings.

Values are frozen; a function that changes one returns another. Nothing here knows a file
format, a page or a person's session.
"""
