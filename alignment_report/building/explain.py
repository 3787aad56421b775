"""Why a stage, a finding, a verdict, a condition or a play is as it is: the rule, the numbers, the file and the line."""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from alignment_report.analysis.conditions import Judgement, Reading, judge
from alignment_report.analysis.decision import JudgedCondition
from alignment_report.analysis.disclosure import StatementFigures
from alignment_report.analysis.friction import Finding, JudgedSign
from alignment_report.analysis.planning import PlannedPlay
from alignment_report.analysis.report import Report, compile_report
from alignment_report.errors import UsageTrouble, printable
from alignment_report.reading.client import read_case
from alignment_report.reading.files import document
from alignment_report.reading.playbook import read_playbook
from alignment_report.reading.yaml_tree import Mapping
from alignment_report.rendering.document.friction import finding_paragraph
from alignment_report.rendering.document.opening import confidence, gap_sentence, verdict_sentences, verdict_title
from alignment_report.rendering.document.reasons import because
from alignment_report.rendering.document.voice import Voice, voice

OUTCOMES = {True: "met", False: "not met", None: "unknown"}


def explain(folder: Path, wave: str | None, playbook_folder: Path, id: str) -> str:
    """The explanation as lines of text. Raises UsageTrouble where nothing in the client's playbook has that id."""
    playbook = read_playbook(playbook_folder)
    case = read_case(folder, wave, playbook)
    report = compile_report(case.client, case.assessment, playbook)
    lines = _Lines(folder, report.wave.id, playbook_folder)
    explained = tuple(_explained(voice(report), lines, id))
    if not explained:
        raise UsageTrouble(_unknown(report, id))
    return "\n".join(explained) + "\n"


class _Lines:
    """Where a value or a rule stands: the files are read again, since nothing of the report remembers them."""

    def __init__(self, folder: Path, wave: str, playbook_folder: Path) -> None:
        self._client = folder / "client.yaml"
        self._answers = folder / "assessments" / f"{wave}.yaml"
        self._playbook = sorted(playbook_folder.glob("*.yaml"))

    def of_reading(self, reading: Reading) -> str:
        match reading.bound.subject:
            case "fact":
                return self.of(self._client, reading.bound.id.split("."))
            case "measure":
                return self.of(self._client, ["measures", reading.bound.id])
            case _:
                return str(self._answers)

    def of_engagement(self, name: str) -> str:
        return self.of(self._client, ["engagement", name])

    def of_answers(self) -> str:
        return str(self._answers)

    def of_rule(self, *path: str) -> str:
        """The first file of the playbook in which the whole path stands."""
        for file in self._playbook:
            place = _place(document(file).root, path)
            if place:
                return f"{file}:{place[0]}:{place[1]}"
        return str(self._playbook[0].parent)

    def of(self, file: Path, path: Sequence[str]) -> str:
        """The file and, where the path stands in it, line and column; for what was left out, the file alone."""
        place = _place(document(file).root, path)
        return f"{file}:{place[0]}:{place[1]}" if place else f"{file} (left out)"


def _place(root: object, path: Sequence[str]) -> tuple[int, int] | None:
    place = None
    for key in path:
        if not isinstance(root, Mapping) or key not in root:
            return None
        place, root = root.keys_at[key], root[key]
    return place


def _explained(v: Voice, lines: _Lines, id: str) -> Iterator[str]:
    report = v.report
    if id == "stage":
        yield from _stage(v, lines)
    if id == "verdict":
        yield from _verdict(v, lines)
    for finding in report.findings:
        if finding.source.id == id:
            yield from _finding(v, lines, finding)
    for condition in report.verdict.conditions:
        if condition.condition.id == id:
            yield from _condition(v, lines, condition)
    for play in report.plan.plays:
        if play.play.id == id:
            yield from _play(v, lines, play)
    yield from _left_out(v, lines, id)
    for statement in report.published.statements:
        if statement.statement.id == id:
            yield from _statement(v, lines, statement)


def _rule(lines: _Lines, *path: str) -> str:
    return f"  rule       {lines.of_rule(*path)}"


def _stage(v: Voice, lines: _Lines) -> Iterator[str]:
    reading, score = v.report.stage, v.report.published.score
    if reading is None:
        yield "No stage: too few complete sets of answers may be shown."
        yield f"  answers    {lines.of_answers()}"
        return
    yield f"Stage: {reading.stage.name}"
    yield f"  {confidence(v)['text']}"
    yield f"  {gap_sentence(v)['text']}"
    for who in ("combined", "sales", "marketing"):
        figure = v.score_figure(getattr(score, who))
        yield f"  {who:<10} {figure['text']}" + (f"  n = {figure['n']}" if figure.get("n") else "")
    yield f"  band       from {v.numbers.number(reading.stage.floor)} to below {v.numbers.number(reading.ceiling)}"
    yield _rule(lines, "stages", reading.stage.id, "floor")
    yield f"  scale      {lines.of_rule('instrument', 'scale', 'points')}"
    yield f"  missing    {lines.of_rule('instrument', 'missing')}"
    yield f"  answers    {lines.of_answers()}"


def _verdict(v: Voice, lines: _Lines) -> Iterator[str]:
    yield f"Verdict: {verdict_title(v)}"
    for sentence in verdict_sentences(v):
        yield f"  {sentence['text']}"
    if v.report.verdict.transition:
        yield _rule(lines, "transitions", v.report.verdict.transition.id)
    groups = (("hold", v.report.verdict.stay), ("move", v.report.verdict.tighten), ("prerequisite", v.report.verdict.prerequisites))
    for name, conditions in groups:
        for condition in conditions:
            yield f"  {name:<12} {OUTCOMES[condition.met]:<8} {condition.condition.id}: {condition.condition.name}"


def _condition(v: Voice, lines: _Lines, condition: JudgedCondition) -> Iterator[str]:
    yield f"{condition.condition.name}: {OUTCOMES[condition.met]}"
    yield from _readings(v, lines, condition.judgement)
    yield f"  why        {condition.condition.reason}"
    if condition.met is None:
        yield f"  find out   {condition.condition.find_out}"
    transition = v.report.verdict.transition
    if transition:
        groups = {"stay": transition.stay, "tighten": transition.tighten, "prerequisites": transition.prerequisites}
        group = next(name for name, conditions in groups.items() if condition.condition in conditions)
        yield _rule(lines, "transitions", transition.id, group, condition.condition.id)


def _readings(v: Voice, lines: _Lines, judgement: Judgement) -> Iterator[str]:
    for reading in judgement.readings:
        yield f"  {OUTCOMES[reading.holds]:<10} {v.reading(reading)}  [{lines.of_reading(reading)}]"


def _finding(v: Voice, lines: _Lines, finding: Finding) -> Iterator[str]:
    points = "" if finding.points is None else f", {v.numbers.signed(finding.points, 0)} points"
    yield f"Friction over {finding.source.name}: {v.words(f'strength.{finding.strength}')}{points}"
    if finding.is_found:
        for sentence in finding_paragraph(v, finding):
            yield f"  {sentence['text']}"
    yield from _signs(v, lines, finding.signs, "+")
    yield from _signs(v, lines, finding.counter_signs, "-")
    for observation in finding.observations:
        sign = "+" if observation.points == "for" else "-"
        yield f"  {sign}1 observation {observation.id}: {observation.says}"
    yield _rule(lines, "frictions", finding.source.id)
    yield f"  strength   {lines.of_rule('strength')}"


def _signs(v: Voice, lines: _Lines, signs: Sequence[JudgedSign], sign: str) -> Iterator[str]:
    for judged in signs:
        counted = f"{sign}{judged.sign.weight}" if judged.judgement.met else " 0"
        yield f"  {counted} {judged.sign.id}: {OUTCOMES[judged.judgement.met]}"
        for line in _readings(v, lines, judged.judgement):
            yield f"    {line}"


def _play(v: Voice, lines: _Lines, planned: PlannedPlay) -> Iterator[str]:
    yield f"{planned.number}. {planned.play.name} ({v.words(f'owner.{planned.play.owner}')}), {v.numbers.number(planned.chosen.points)} points"
    for sentence in because(v, planned):
        yield f"  {sentence['text']}"
    if planned.chosen.adapted:
        yield f"  adapted    {planned.chosen.adapted.instead}  [{lines.of_rule('plays', planned.play.id, 'guards', planned.chosen.adapted.id)}]"
    yield f"  dates      {v.numbers.day(planned.start)} to {v.numbers.day(planned.end)}"
    yield _rule(lines, "plays", planned.play.id)
    yield f"  ranking    {lines.of_rule('planning', 'order')}"


def _left_out(v: Voice, lines: _Lines, id: str) -> Iterator[str]:
    """A play of this stage that is not proposed, and why."""
    plan = v.report.plan
    for blocked in plan.blocked:
        if blocked.play.id == id:
            yield f"{blocked.play.name}: blocked"
            yield from _readings(v, lines, judge(blocked.guard.when, v.report.known))
            yield _rule(lines, "plays", id, "guards", blocked.guard.id)
    for play in plan.already:
        if play.id == id and play.already is not None:
            yield f"{play.name}: done already"
            yield from _readings(v, lines, judge(play.already, v.report.known))
            yield _rule(lines, "plays", id, "already")
    for play in plan.excluded:
        if play.id == id:
            yield f"{play.name}: ruled out by the engagement  [{lines.of_engagement('never_propose')}]"
    for play in plan.beyond:
        if play.id == id:
            yield f"{play.name}: would run past the engagement's horizon  [{lines.of_engagement('horizon_months')}]"
            yield _rule(lines, "plays", id, "weeks")


def _statement(v: Voice, lines: _Lines, figures: StatementFigures) -> Iterator[str]:
    statement = figures.statement
    yield f"Statement {statement.number}: {statement.text}"
    for who in ("combined", "sales", "marketing", "gap"):
        figure = v.mean_figure(getattr(figures.split, who), signed=who == "gap")
        yield f"  {who:<10} {figure['text']}" + (f"  n = {figure['n']}" if figure.get("n") else "")
    yield _rule(lines, "instrument", "statements", statement.id)
    yield f"  answers    {lines.of_answers()}"


def _unknown(report: Report, id: str) -> str:
    known = ["stage", "verdict", *(f.source.id for f in report.findings), *(c.condition.id for c in report.verdict.conditions)]
    plan = report.plan
    known += [p.play.id for p in plan.plays] + [b.play.id for b in plan.blocked]
    known += [p.id for p in plan.already + plan.excluded + plan.beyond]
    known += [s.statement.id for s in report.published.statements]
    near = difflib.get_close_matches(id, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "give `stage`, `verdict`, or the id of a friction source, condition, play or statement"
    return printable(f"nothing in this client's playbook is called `{id}`; {hint}")
