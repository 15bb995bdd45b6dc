"""The help is a manual: commands by purpose, each with an example, in 80 columns."""

import re
import shlex

import click
import pytest
from click.testing import CliRunner

from trasiego.cli.app import ENTRIES, manual
from trasiego.cli.pages import Page

SECTIONS = [
    "Look at what is there",
    "Run",
    "Ask where a number comes from",
    "Read reports",
    "Check",
    "Extend",
]


def printed(*arguments):
    result = CliRunner().invoke(manual, arguments, prog_name="trasiego")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def every_command():
    """Yield (words, command) of each command and of the commands inside of `evidence`."""
    context = click.Context(manual)
    for entry in ENTRIES:
        command = manual.get_command(context, entry.name)
        yield (entry.name,), command
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                yield (entry.name, name), inner


COMMANDS = dict(every_command())


def test_the_front_page_has_every_command_under_its_heading_with_an_example():
    page = printed("--help")
    headings = re.findall(r"(?m)^(\S.*):$", page)
    assert headings == SECTIONS
    for entry in ENTRIES:
        assert re.search(
            rf"(?m)^  {entry.name} +{re.escape(entry.summary)}\n +\$ {re.escape(entry.example)}$", page
        )
    assert "--runs" not in page.replace("--runs 20", "")


def test_no_command_at_all_gives_the_front_page():
    assert printed() == printed("--help")


def test_version():
    assert re.fullmatch(r"trasiego \d+\.\d+\.\d+\n", printed("--version"))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_page_fits_the_screen_and_shows_examples(words):
    page = printed(*words, "--help")
    assert max(len(line) for line in page.splitlines()) <= 80
    assert f"$ trasiego {words[0]}" in page or '$ eval "$(trasiego' in page
    assert "Examples:" in page


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_option_says_what_it_does(words):
    options = [each for each in COMMANDS[words].params if isinstance(each, click.Option)]
    assert all(option.help for option in options)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_examples_are_commands_with_options_that_exist(words):
    for line, meaning in COMMANDS[words].examples:
        assert meaning
        if "$(" in line:
            continue
        typed = shlex.split(line.partition(">")[0])
        assert typed[0] == "trasiego"
        command = COMMANDS[tuple(typed[1:3])] if tuple(typed[1:3]) in COMMANDS else COMMANDS[(typed[1],)]
        known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
        assert {word for word in typed if word.startswith("--")} <= known, line


def test_commands_that_list_or_summarise_take_json():
    silent = {("evidence",), ("report",), ("schema",), ("new",), ("completion",)}
    for words, command in COMMANDS.items():
        takes_json = any("--json" in parameter.opts for parameter in command.params)
        assert takes_json or words in silent - {("evidence",)}, words
    assert isinstance(COMMANDS[("run",)], Page)
