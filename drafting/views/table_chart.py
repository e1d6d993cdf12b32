"""How a draft converges: open provisions and brackets, Revision by Revision until now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from drafting.selectors.table import Moment


@dataclass(frozen=True, slots=True)
class PointView:
    x: float
    open_y: float
    brackets_y: float
    label: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """Open provisions and brackets, Revision by Revision until now; `said` for who listens."""

    points: tuple[PointView, ...]
    open_line: str
    brackets_line: str
    first: Moment
    last: Moment
    said: str
    last_open_y: float
    last_brackets_y: float


_LEFT, _RIGHT, _TOP, _BOTTOM = 14.0, 150.0, 18.0, 84.0


def present_chart(moments: Sequence[Moment]) -> ChartView | None:
    """None where there is nothing to compare: no Revision was issued yet."""
    if len(moments) < 2:
        return None
    most = max(1, *(max(m.open, m.brackets) for m in moments))
    points = tuple(
        PointView(
            round(_LEFT + (_RIGHT - _LEFT) * place / (len(moments) - 1), 1),
            _height(moment.open, most),
            _height(moment.brackets, most),
            _moment(moment, place, len(moments)),
        )
        for place, moment in enumerate(moments)
    )
    told = ", ".join(str(m.open) for m in moments), ", ".join(str(m.brackets) for m in moments)
    said = _("Open provisions: %(open)s. Brackets: %(brackets)s. The last figures are now.")
    end = points[-1]
    apart = abs(end.open_y - end.brackets_y) < 13
    lower = end.open_y >= end.brackets_y
    return ChartView(
        points=points,
        open_line=" ".join(f"{p.x},{p.open_y}" for p in points),
        brackets_line=" ".join(f"{p.x},{p.brackets_y}" for p in points),
        first=moments[0],
        last=moments[-1],
        said=said % {"open": told[0], "brackets": told[1]},
        last_open_y=end.open_y + 4 + (7 if apart and lower else -7 if apart else 0),
        last_brackets_y=end.brackets_y + 4 + (-7 if apart and lower else 7 if apart else 0),
    )


def _height(count: int, most: int) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * count / most, 1)


def _moment(moment: Moment, place: int, total: int) -> str:
    """Only as many names as fit: the first, the last, and those between where there are few."""
    if moment.revision < 0:
        return _("now")
    if place and total > 5 and place != total // 2:
        return ""
    return _("Rev. %(number)d") % {"number": moment.revision}
