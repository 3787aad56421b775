"""The schemas that editors and readers of report.json use."""

from pathlib import Path

from alignment_report.building.write import as_json, write_files
from alignment_report.reading.schema import schemas
from alignment_report.rendering.document_schema import report_schema


def write_schemas(output: Path) -> tuple[Path, ...]:
    """Writes one JSON Schema for each kind of file and gives their paths."""
    described = {**schemas(), "report.schema.json": report_schema()}
    files = {name: as_json(schema) for name, schema in described.items()}
    folder = write_files(output, (), files)
    return tuple(folder / name for name in files)
