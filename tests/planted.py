"""A valid client's folder, and flaws planted in it; the sign § stands where the message must point."""

from dataclasses import dataclass
from pathlib import Path

TINY = Path(__file__).parent / "data" / "tiny-playbook"

CLIENT = """\
client: acme
company:
  name: Acme Pumps
  offering: small pumps
  customers: farms
  currency: EUR
  revenue: 12000000
  growth: 0.05
people:
  employees: 80
  sales: 6
  marketing: 2.5
  same_site: yes
market:
  product_type: configured
selling:
  deal_size: 4000
  large_deal_size: 20000
rules:
  roles_written: unknown
relations:
  reason_to_change: none
systems:
  crm: yes
  marketing_reads_crm: no
ownership:
  notice: marketing
  buy: sales
measures:
  leads: {value: 400, period: 2025}
  wins: {value: 40, period: 2025}
  discount: {value: 0.12, source: invoices}
observations:
  o1:
    about: price
    points: for
    source: interview
    date: 2026-03-02
    says: The discount was granted twice.
business_case:
  horizon_months: 24
  cost: {low: 10000, base: 20000, high: 30000, basis: an estimate}
  drivers:
    fewer-discounts:
      title: fewer discounts
      yearly: {low: 1000, base: 5000, high: 9000, basis: an estimate}
engagement:
  sponsor: chief executive
  start: 2026-04-01
  next_wave: 2026-10-01
  never_propose: [plan-desk]
"""

WAVE = """\
wave: 2026-03
report_date: 2026-03-20
instrument: {id: two-by-two, version: 3}
collected_from: 2026-03-02
collected_to: 2026-03-13
invited: {sales: 3, marketing: 2}
confidentiality:
  mode: anonymous
  figures: 5
respondents:
  r7k2:
    function: sales
    level: head
    answers:
      weekly-talk: 2
      surprises: 4
      same-plan: 1
      same-chief: 1
  m4x9:
    function: sales
    level: staff
    answers:
      weekly-talk: 2
      surprises: 3
      same-chief: dont-know
  p1q8:
    function: marketing
    level: head
    answers: {weekly-talk: 3, surprises: 2, same-plan: 3, same-chief: 4}
    comment: zebrafish
"""

FILES = {"client.yaml": CLIENT, "assessments/2026-03.yaml": WAVE}
SIGN = "§"


@dataclass(frozen=True)
class Planted:
    """Replace `old` in `file` by `new`; `says` are words of the one message that must come of it."""

    file: str
    old: str
    new: str
    says: str


def folder_with(place: Path, files: dict[str, str], *flaws: Planted) -> tuple[Path, list[str]]:
    """Writes the files with the flaws in them; gives the folder and the places the messages must name."""
    files = dict(files)
    for flaw in flaws:
        assert files[flaw.file].count(flaw.old) == 1, f"{flaw.old!r} must stand once in {flaw.file}"
        files[flaw.file] = files[flaw.file].replace(flaw.old, flaw.new)
    places = [found for name, text in files.items() for found in _places(place / name, text)]
    for name, text in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace(SIGN, "").encode("utf-8", "surrogatepass"))
    return place, places


def _places(path: Path, text: str) -> list[str]:
    return [
        f"{path}:{number}:{position + 1 - line[:position].count(SIGN)}"
        for number, line in enumerate(text.split("\n"), 1)
        for position, letter in enumerate(line)
        if letter == SIGN
    ]
