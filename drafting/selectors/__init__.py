"""Rows on their way to a person, and a draft's rows as the domain's values.

- `access`: the only way from an address to a row; it asks `permissions`.
- `values`: rows as values of the domain.
- `overviews`: what the pages list and count.
"""
