"""Why a stage, a finding, a verdict, a condition or a play is as it is: the rule, the numbers, the file and the line."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from alignment_report.analysis.conditions import Judgement, Reading, judge
from alignment_report.analysis.decision import JudgedCondition
from alignment_report.analysis.friction import Finding, JudgedSign
from alignment_report.analysis.planning import BlockedPlay, Plan, PlannedPlay
from alignment_report.analysis.published import StatementFigures
from alignment_report.building.one import compiled
from alignment_report.building.spoken import overridden, spoken
from alignment_report.errors import UsageTrouble, printable
from alignment_report.model.narrative import Said
from alignment_report.model.playbook import Play, Transition, TransitionCondition
from alignment_report.reading.client import read_case
from alignment_report.reading.files import document
from alignment_report.reading.narrative import NARRATIVE
from alignment_report.reading.playbook import read_playbook
from alignment_report.reading.yaml_tree import Mapping
from alignment_report.rendering.document.friction import finding_paragraph
from alignment_report.rendering.document.opening import confidence, gap_sentence, verdict_sentences
from alignment_report.rendering.document.reasons import because
from alignment_report.rendering.document.verdict import verdict_title
from alignment_report.rendering.document.voice import Voice, voice

OUTCOMES = {True: "met", False: "not met", None: "unknown"}


def explain(folder: Path, wave: str | None, playbook_folder: Path, id: str) -> str:
    """The explanation as lines of text. Raises UsageTrouble where nothing in the client's playbook has that id."""
    playbook = read_playbook(playbook_folder)
    case = read_case(folder, wave, playbook)
    report = compiled(folder, case, playbook)
    lines = _Lines(folder, report.wave.id, playbook_folder)
    explainers = _explainers(voice(report), lines)
    if id not in explainers:
        raise UsageTrouble(_unknown(explainers, id))
    text = "\n".join(line for explanation in explainers[id] for line in explanation)
    return text.translate({0xA0: " ", 0x202F: " "}) + "\n"


class _Lines:
    """Where a value or a rule stands: the files are read again, since nothing of the report remembers them."""

    def __init__(self, folder: Path, wave: str, playbook_folder: Path) -> None:
        self._client = folder / "client.yaml"
        self._answers = folder / "assessments" / f"{wave}.yaml"
        self._words = folder / NARRATIVE
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

    def of_words(self, said: Said) -> str:
        return self.of(self._words, said.path.split("."))

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


def _explainers(v: Voice, lines: _Lines) -> dict[str, list[Iterator[str]]]:
    """Everything that can be explained by its id; a play and a statement may share one."""
    report, plan = v.report, v.report.plan
    found: dict[str, list[Iterator[str]]] = {"stage": [_stage(v, lines)], "verdict": [_verdict(v, lines)]}
    every: list[tuple[str, Iterator[str]]] = [
        *((finding.source.id, _finding(v, lines, finding)) for finding in report.findings),
        *((judged.condition.id, _condition(v, lines, judged)) for judged in report.verdict.conditions),
        *_other_conditions(v, lines),
        *((play.play.id, _play(v, lines, play)) for play in plan.plays),
        *((blocked.play.id, _blocked(v, lines, blocked)) for blocked in plan.blocked),
        *((play.id, _done_already(v, lines, play)) for play in plan.already),
        *((play.id, _excluded(lines, play)) for play in plan.excluded),
        *((play.id, _beyond(lines, play)) for play in plan.beyond),
        *((play.id, _outranked(v, lines, play)) for play in plan.outranked),
        *((play.id, _idle(lines, play)) for play in plan.idle),
        *((play.id, _elsewhere(v, lines, play)) for play in report.playbook.plays if play.id not in _ids_in_plan(plan)),
        *((figures.statement.id, _statement(v, lines, figures)) for figures in report.published.statements),
        *((id, spoken(group, id, said, lines.of_words)) for (group, id), said in report.words.views.items()),
    ]
    for id, explanation in every:
        found.setdefault(id, []).append(explanation)
    return found


def _ids_in_plan(plan: Plan) -> set[str]:
    return {play.id for play in (*(planned.play for planned in plan.plays), *plan.set_aside, *plan.outranked, *plan.idle)}


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
    yield from overridden(v.report.words.verdict, lines.of_words)
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
    yield from overridden(v.report.words.frictions.get(finding.source.id), lines.of_words)
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


def _blocked(v: Voice, lines: _Lines, blocked: BlockedPlay) -> Iterator[str]:
    yield f"{blocked.play.name}: blocked"
    yield from _readings(v, lines, judge(blocked.guard.when, v.report.known))
    yield _rule(lines, "plays", blocked.play.id, "guards", blocked.guard.id)


def _done_already(v: Voice, lines: _Lines, play: Play) -> Iterator[str]:
    yield f"{play.name}: done already"
    if play.already is not None:
        yield from _readings(v, lines, judge(play.already, v.report.known))
    yield _rule(lines, "plays", play.id, "already")


def _excluded(lines: _Lines, play: Play) -> Iterator[str]:
    yield f"{play.name}: ruled out by the engagement  [{lines.of_engagement('never_propose')}]"


def _beyond(lines: _Lines, play: Play) -> Iterator[str]:
    yield f"{play.name}: would run past the engagement's horizon  [{lines.of_engagement('horizon_months')}]"
    yield _rule(lines, "plays", play.id, "weeks")


def _outranked(v: Voice, lines: _Lines, play: Play) -> Iterator[str]:
    yield f"{play.name}: not among the {v.report.playbook.planning.total} plays at the most, since others ease more of what was found"
    yield f"  ranking    {lines.of_rule('planning', 'order')}"
    yield _rule(lines, "plays", play.id, "cures")


def _idle(lines: _Lines, play: Play) -> Iterator[str]:
    yield f"{play.name}: eases nothing that was found here"
    yield _rule(lines, "plays", play.id, "cures")


def _elsewhere(v: Voice, lines: _Lines, play: Play) -> Iterator[str]:
    """A play of another stage or transition, or one that is blocked and would ease nothing."""
    guards = [guard for guard in play.guards if guard.action == "block" and judge(guard.when, v.report.known).met]
    if _is_in_question(v, play) and guards:
        yield f"{play.name}: blocked, and it would ease nothing that was found here"
        yield _rule(lines, "plays", play.id, "guards", guards[0].id)
        return
    names = [v.stage_name(stage.name) for stage in v.report.playbook.stages if stage.id in play.within]
    ways = [f"from {t.from_} to {t.to}" for t in v.report.playbook.transitions if t.id in play.serves]
    belongs = "; ".join([f"the move {way}" for way in ways] + ([f"work within the stage {v.numbers.joined(names)}"] if names else []))
    yield f"{play.name}: not in question here, since it belongs to {belongs}"
    yield _rule(lines, "plays", play.id, "serves" if ways else "within")


def _is_in_question(v: Voice, play: Play) -> bool:
    verdict, stage = v.report.verdict, v.report.stage
    if verdict.kind == "move" and verdict.transition:
        return verdict.transition.id in play.serves
    return stage is not None and stage.stage.id in play.within


def _other_conditions(v: Voice, lines: _Lines) -> Iterator[tuple[str, Iterator[str]]]:
    """The conditions of the transitions that are not in question at this stage."""
    for transition in v.report.playbook.transitions:
        if transition is not v.report.verdict.transition:
            for group in ("stay", "tighten", "prerequisites"):
                for condition in getattr(transition, group):
                    yield condition.id, _not_asked(v, lines, transition, group, condition)


def _not_asked(v: Voice, lines: _Lines, transition: Transition, group: str, condition: TransitionCondition) -> Iterator[str]:
    yield f"{condition.name}: not asked here, since it belongs to the move from {transition.from_} to {transition.to}"
    yield from _readings(v, lines, judge(condition.when, v.report.known))
    yield _rule(lines, "transitions", transition.id, group, condition.id)


def _statement(v: Voice, lines: _Lines, figures: StatementFigures) -> Iterator[str]:
    statement = figures.statement
    yield f"Statement {statement.number}: {statement.text}"
    for who in ("combined", "sales", "marketing", "gap"):
        figure = v.mean_figure(getattr(figures.split, who), signed=who == "gap")
        yield f"  {who:<10} {figure['text']}" + (f"  n = {figure['n']}" if figure.get("n") else "")
    yield _rule(lines, "instrument", "statements", statement.id)
    yield f"  answers    {lines.of_answers()}"


def _unknown(known: Iterable[str], id: str) -> str:
    near = difflib.get_close_matches(id, list(known), n=1)
    hint = f"did you mean `{near[0]}`?" if near else "give `stage`, `verdict`, or the id of a friction source, condition, play or statement"
    return printable(f"nothing in this client's playbook is called `{id}`; {hint}")
