"""`wargame` and `python -m wargame`."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded ends it without a word."""
    try:
        from wargame import cli  # noqa: PLC0415  (here, where Ctrl-C is heard)

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
