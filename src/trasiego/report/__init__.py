"""One offline HTML file that shows a result: map, series, prices, groups, scorecard, claims and limits."""

from trasiego.report.page import can_write, write_report

__all__ = ["can_write", "write_report"]
