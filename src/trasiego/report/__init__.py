"""One offline HTML file that shows a result: map, series, prices, groups, scorecard, claims and limits."""

from trasiego.report.network import write_ledger_network
from trasiego.report.page import can_write, write_report

__all__ = ["can_write", "write_ledger_network", "write_report"]
