"""Reports from files: text, HTML, PDF and Word, with the furniture of pages told from the report."""

from trasiego.reading.intake.files import read_file, read_folder
from trasiego.reading.intake.limits import Unreadable

__all__ = ["Unreadable", "read_file", "read_folder"]
