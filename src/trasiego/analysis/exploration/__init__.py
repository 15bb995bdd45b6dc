"""Many points of the uncertain numbers: which of them matter, and which figures fit what was reported."""

from trasiego.analysis.exploration.calibration import Calibration
from trasiego.analysis.exploration.sensitivity import Sensitivity

__all__ = ["Calibration", "Sensitivity"]
