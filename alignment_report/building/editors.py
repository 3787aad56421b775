"""The schemas that editors read."""

from pathlib import Path

from alignment_report.building.write import as_json, write_files
from alignment_report.reading.schema import schemas


def write_schemas(output: Path) -> tuple[Path, ...]:
    """Writes one JSON Schema for each kind of file and gives their paths."""
    files = {name: as_json(schema) for name, schema in schemas().items()}
    folder = write_files(output, (), files)
    return tuple(folder / name for name in files)
