"""The time of the model against that of the same model in Mesa, on one thread."""

from __future__ import annotations

from benchmarks.figures import Figure, least_cpu_seconds
from benchmarks.months import run_with_record, world_of

TARGET = 150.0


def measure(quick: bool = False) -> list[Figure]:
    """Return the ratio of the CPU times over the same months, and the time of whole runs by the same rate."""
    from benchmarks.mesa_reference.model import TradeModel

    scenario, recorded = ("guatemala-2011", 12) if quick else ("northern-route", 24)
    world = world_of(scenario)
    ours = least_cpu_seconds(lambda: run_with_record(world, recorded), 2 if quick else 5)
    theirs = least_cpu_seconds(lambda: TradeModel(world, 1).run(recorded), 1 if quick else 2)
    months = world.spin_up_months + recorded
    whole = (world.spin_up_months + world.months) / months
    size = f"{scenario}, {months} months with the spin-up, one thread, both with record"
    note = f"ours {ours:.2f} s; all months at this rate: {whole * theirs:.0f} s against {whole * ours:.2f} s"
    return [
        Figure("mesa", f"Mesa, {size}", theirs, "s"),
        Figure("mesa", "Mesa over ours", theirs / ours, "times", TARGET, at_least=True, note=note),
    ]
