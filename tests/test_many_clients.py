"""Invented clients of every kind through the gate: no page is set badly, whoever the client is."""

from datetime import date

import pytest
from cases import PLAYBOOK
from many_clients import invented

from alignment_report.analysis.report import compile_report
from alignment_report.building.one import HTML, PDF, Wanted, made_files
from alignment_report.gate.checks import faults
from alignment_report.provenance import Provenance
from alignment_report.reading import sense
from alignment_report.rendering.document import make_document

QUICK = (3, 6, 101)
MANY = 200


@pytest.mark.parametrize("number", [pytest.param(n, marks=[] if n in QUICK else pytest.mark.slow) for n in range(MANY)])
def test_the_gate_finds_nothing_in_an_invented_client(number: int) -> None:
    client = invented(number)
    document = make_document(compile_report(client.client, client.assessment, PLAYBOOK), Provenance(), date(2026, 4, 1))
    files, lacking = made_files(document, Wanted())
    assert lacking is None
    assert faults(document, files[HTML], files[PDF]) == ()


@pytest.mark.parametrize("number", range(0, MANY, 7))
def test_an_invented_client_passes_the_checks_of_its_files(number: int) -> None:
    client = invented(number)
    assert list(sense.about_client(client.client, PLAYBOOK)) == []
    assert list(sense.about_assessment(client.assessment, PLAYBOOK)) == []
