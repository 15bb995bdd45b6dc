"""The command line: what a person types, turned into calls of the rooms below and printed."""


def main() -> None:
    """Run the command line with the arguments of the process; does not return."""
    from trasiego.cli.app import manual

    manual.main(prog_name="trasiego")
