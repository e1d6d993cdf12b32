"""What lies on the chair's table for one provision: every wording of it, and how far they part.

- What a wording is, and what a table: `lying`. How the wordings of a provision come to lie there,
  equal ones as one and near ones together: `laying`.
- What the index says of a provision, nearest to agreement first: `index`.
- What a chair may decide where the wordings part: `deciding`. Words in brackets: `bracketed`.
"""

from drafting.domain.table.bracketed import bracketed
from drafting.domain.table.index import Line, Matter, line
from drafting.domain.table.laying import called, laid
from drafting.domain.table.lying import BASE, Asked, Behind, Lying, Standing, Table

__all__ = [
    "BASE",
    "Asked",
    "Behind",
    "Line",
    "Lying",
    "Matter",
    "Standing",
    "Table",
    "bracketed",
    "called",
    "laid",
    "line",
]
