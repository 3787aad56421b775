"""`python -m alignment_report`: the same as the command `alignment-report`."""

from alignment_report.cli.main import run

if __name__ == "__main__":
    run()
