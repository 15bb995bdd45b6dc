"""What can go wrong with a study on its way, each as one message for the user."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trasiego.common.faults import Fault
from trasiego.common.messages import _


def _fault(place: Path | str | None, key: str | None, found: str, allowed: str, do: str) -> Fault:
    return Fault(None if place is None else str(place), None, key, found, allowed, None, do)


def go_on(target: Path, command: str = "run") -> str:
    """Return what a user does to finish a study of a command that stopped."""
    return _("what is finished is kept; go on with: trasiego {command} --resume {folder}").format(
        command=command, folder=target
    )


def unfinished(target: Path, folder: Path, command: str = "run") -> Fault:
    """Return the fault of a study that stands unfinished where a new one is to begin."""
    return _fault(
        folder,
        None,
        _("a study that is not finished"),
        _("a name that is not taken"),
        _("go on with it: trasiego {command} --resume {folder}; or begin anew with --overwrite").format(
            command=command, folder=target
        ),
    )


def nothing_to_resume(target: Path, command: str = "run") -> Fault:
    """Return the fault of a folder beside which no study stands unfinished."""
    return _fault(
        target,
        None,
        _("no study of that name that was begun and not finished"),
        _("the folder of a study that was cut short"),
        _("give the name that --out had, or begin with: trasiego {command} SCENARIO --out {folder}").format(
            command=command, folder=target
        ),
    )


def other_command(target: Path, folder: Path, command: str) -> Fault:
    """Return the fault of a study that another command began."""
    return _fault(
        folder,
        None,
        _("a study that trasiego {command} began").format(command=command),
        _("a study that this command began"),
        _("go on with it: trasiego {command} --resume {folder}").format(command=command, folder=target),
    )


def loaded_scenario(file: Path) -> Fault:
    """Return the fault of a study whose scenario had no name or file when it began."""
    return _fault(
        file,
        "scenario",
        _("a scenario that was loaded in Python"),
        _("the name or file of a scenario"),
        _("go on in Python: trasiego.run(scenario, ..., out=FOLDER, resume=True)"),
    )


def other_writer(folder: Path, process: str) -> Fault:
    """Return the fault of a study that another process is writing."""
    return _fault(
        folder,
        None,
        _("another process ({process}) is at work on this study").format(process=process),
        _("one writer at a time"),
        _("wait for it or stop it, then go on; or choose another folder"),
    )


def other_study(file: Path, key: str, found: Any, begun: Any) -> Fault:
    """Return the fault of a study that goes on otherwise than it began."""
    return _fault(
        file,
        key,
        str(found),
        _("{begun}, with which the study began").format(begun=begun),
        _("go on with what it began with, or begin anew with --overwrite"),
    )


def not_understood(file: Path, problem: str) -> Fault:
    """Return the fault of a study whose description cannot be read."""
    return _fault(
        file,
        None,
        problem,
        _("the file as `trasiego run` wrote it"),
        _("restore it from a copy, or begin anew with --overwrite"),
    )


def never_whole(folder: Path) -> Fault:
    """Return the fault of chunks that read back otherwise than they were written, again and again."""
    return _fault(
        folder,
        None,
        _("chunks read back otherwise than they were written"),
        _("a disc that keeps what is written"),
        _("check the disc, or choose another folder"),
    )


def no_dask(found: str) -> Fault:
    """Return the fault of a scheduler that is asked for where Dask is not installed."""
    return _fault(
        None,
        "--scheduler",
        found,
        _("dask.distributed, to run on other machines"),
        _("pip install 'trasiego[dask]', or leave --scheduler out to run here"),
    )


def no_scheduler(address: str, reason: str) -> Fault:
    """Return the fault of a scheduler that does not answer."""
    return _fault(
        None,
        "--scheduler",
        _("no answer from {address}: {reason}").format(address=address, reason=reason),
        _("the address that dask scheduler prints, such as tcp://10.0.0.1:8786"),
        _("start one with: dask scheduler"),
    )


def other_worker(key: str, found: Any, wanted: Any) -> Fault:
    """Return the fault of a worker whose packages may give other bits."""
    return _fault(
        None,
        "--scheduler",
        _("a worker with {key} {found}").format(key=key, found=found),
        _("{key} {wanted}, as here").format(key=key, wanted=wanted),
        _("install the same versions on all machines"),
    )


def lost_workers(target: Path, runs: range, count: int) -> Fault:
    """Return the fault of a chunk at which workers were lost again and again."""
    return _fault(
        None,
        "--scheduler",
        _("{count} workers were lost at runs {first} to {last}").format(
            count=count, first=runs.start, last=runs.stop - 1
        ),
        _("workers that live for a chunk of runs"),
        _("give workers more memory or smaller chunks; {then}").format(then=go_on(target)),
    )
