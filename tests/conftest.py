"""The browser that tests share, and a word about what was left out where there is none."""

from collections.abc import Iterator

import pytest
from chromium import SET_UP, Browser, chromium, lacking


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if told := lacking():
        pytest.skip(f"needs {told}")
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = [report for report in terminalreporter.stats.get("skipped", []) if SET_UP in str(report.longrepr)]
    if left_out:
        terminalreporter.write_line(f"{len(left_out)} tests in a browser were left out: {lacking()}")
