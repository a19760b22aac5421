"""Writes the model report ``understanding.md`` from what was found."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation import pictures
from bot.evaluation.aspect_scores import aspect_scores, macro_f1
from bot.evaluation.border_report import border_section
from bot.evaluation.calibration import at_least, calibration_error, reliability, worst
from bot.evaluation.findings import Findings, by_field, changed_share
from bot.evaluation.grids import grid
from bot.evaluation.intents import Intents
from bot.evaluation.origin import Origin
from bot.evaluation.report import cell, figures, percentile, summarise
from bot.evaluation.run import Result
from nlu.noise import AS_WRITTEN
from nlu.understanding import Understander

RECALL = ("questions", "R@1", "R@3", "R@10")
COLUMNS: dict[str, tuple[str, ...]] = {
    "answer": (*RECALL, "answered", "choice", "right among options", "declined", "aspect", "aspect F1", "p50 ms", "p95 ms"),
    "clarify": (*RECALL, "answered", "asked back", "right among options", "declined", "aspect", "p50 ms", "p95 ms"),
    "out_of_scope": ("questions", "answered", "choice", "declined", "p50 ms", "p95 ms"),
    "not_in_catalogue": ("questions", "answered", "choice", "declined", "p50 ms", "p95 ms"),
    "follow_up": (*RECALL, "answered", "asked back", "declined", "aspect", "aspect F1", "p50 ms", "p95 ms"),
}  # fmt: skip
TITLES = {"answered": "answered with one", "choice": "answered with a choice"}
CLARIFY_TARGET = 0.9
MOST_CONFUSIONS = 25


def understanding(found: Findings) -> str:
    """Return the report."""
    sections = (
        _head(found.origin),
        _kinds(found.results),
        _fields(found),
        _noise(found),
        _calibration(found.results),
        _aspects(found.results),
        _worst(found.results),
        _speed(found),
        _intents(found.intents),
        border_section(found.border),
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _head(origin: Origin) -> list[str]:
    return [
        "# What the assistant understands",
        "",
        "Written by `make evaluate`; hashes are the first 16 digits of SHA-256.",
        "",
        f"- catalogue: {origin.catalogue}",
        *(f"- questions: {questions}" for questions in origin.questions),
        f"- model: {origin.model}",
        "",
        "A question is right at place k when any code of the k-th service is accepted. *Answered with a choice*: asked back"
        " with services to choose from; *right among options*: a right service is among them. *Aspect*: the aspect asked for"
        " is told, with at most one other.",
    ]


def _kinds(results: Sequence[Result]) -> list[str]:
    lines = ["## By kind and source"]
    for kind, whole in summarise(results).items():
        columns = COLUMNS[kind]
        some = [result for result in results if result.case.kind == kind]
        rows = [["all", *(cell(name, whole[name]) for name in columns)]]
        for source in sorted({result.case.source for result in some}):
            part = figures([result for result in some if result.case.source == source])
            rows.append([source, *(cell(name, part[name]) for name in columns)])
        titles = [TITLES.get(name, name) for name in columns]
        lines += ["", f"### {kind}", "", *grid(["source", *titles], rows[:1] if len(rows) == 2 else rows)]
        if kind == "clarify":
            share = whole["right among options"]
            reached = share is not None and share >= CLARIFY_TARGET
            lines += [
                "",
                f"Right among options: wanted ≥ {CLARIFY_TARGET:.2f}, {'reached' if reached else 'not reached'}.",
            ]
    return lines


def _recalls(name: str, results: Sequence[Result]) -> list[str]:
    whole = figures(results)
    return [name, *(cell(column, whole[column]) for column in RECALL)]


def _fields(found: Findings) -> list[str]:
    rows = [_recalls(name, some) for name, some in by_field(found.results, found.fields).items()]
    if not rows:
        return []
    table = grid(["lĩnh vực of the right service", *RECALL], rows)
    return [
        "## By field",
        "",
        "The fields with the most questions.",
        "",
        *table,
        "",
        f"![R@1 by field]({pictures.FIELDS})",
    ]


def _noise(found: Findings) -> list[str]:
    written = found.noise.get(AS_WRITTEN, ())
    if not written:
        return []
    rows = []
    for kind, some in found.noise.items():
        whole = figures(some)
        extra = [cell(name, whole[name]) for name in ("answered", "declined")]
        rows.append([*_recalls(kind, some), *extra, f"{changed_share(written, some):.3f}"])
    return [
        "## By kind of noise",
        "",
        f"The same {len(written)} `answer` questions, each kind of noise by itself; *changed*: where it found something to do.",
        "",
        *grid(["noise", *RECALL, "answered with one", "declined", "changed"], rows),
        "",
        f"![R@1 by kind of noise]({pictures.NOISE})",
    ]


def _calibration(results: Sequence[Result]) -> list[str]:
    tenths, sure = reliability(results), at_least(results)
    if not tenths:
        return []
    by_tenth = [
        [f"{one.low:.1f} – {one.low + 0.1:.1f}", str(one.questions), f"{one.said:.3f}", f"{one.right:.3f}"]
        for one in tenths
    ]
    lines = [
        "## Calibration",
        "",
        "Of the first questions that a procedure answers, by the confidence in the first service. "
        f"Mean distance between confidence and truth: {calibration_error(tenths) or 0:.3f}.",
        "",
        *grid(["confidence", "questions", "mean confidence", "first service right"], by_tenth),
        "",
        f"![First service right, by confidence]({pictures.CALIBRATION})",
    ]
    if sure:
        curve = [[f"{one.sure:.2f}", str(one.answers), f"{one.kept:.3f}", f"{one.right:.3f}"] for one in sure]
        lines += [
            "",
            "Share right among answers at least this sure; an answer to what no procedure answers is wrong.",
            "",
            *grid(["at least", "answers", "of all answers", "right"], curve),
            "",
            f"![Answers at least this sure]({pictures.SURE})",
        ]
    return lines


def _aspects(results: Sequence[Result]) -> list[str]:
    scores = aspect_scores(results)
    if not scores:
        return []
    rows = [
        [name, str(one.asked), str(one.told), f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}"]
        for name, one in sorted(scores.items(), key=lambda pair: -pair[1].asked)
    ]
    return [
        "## Aspects",
        "",
        "Over the questions labelled with an aspect; told: the first two. A question has one label, so that an aspect told"
        " beside it counts against precision even where it was asked too.",
        "",
        *grid(["aspect", "asked", "told", "precision", "recall", "F1"], rows),
        "",
        f"Macro F1: {macro_f1(scores) or 0:.3f}",
    ]


def _worst(results: Sequence[Result]) -> list[str]:
    found = worst(results)
    if not found:
        return []
    rows = [
        [
            result.case.text if result.case.own else result.case.place,
            result.case.kind,
            f"{result.confidence:.3f}",
            f"{result.candidates[0].code} {result.candidates[0].name}" if result.candidates else "–",
            ", ".join(result.case.accept[:3]) or "none",
            str(result.rank + 1) if result.rank < 99 else "–",
        ]
        for result in found
    ]
    head = ["question", "kind", "confidence", "answered with", "accepted", "place of the right one"]
    return ["## Worst twenty", "", "The most confident wrong answers.", "", *grid(head, rows)]


def _speed(found: Findings) -> list[str]:
    times = [("a turn", [result.milliseconds for result in found.results]), ("one `/model/parse`", list(found.parses))]
    rows = [
        [name, str(len(some)), str(percentile(some, 0.5)), str(percentile(some, 0.95))] for name, some in times if some
    ]
    lines = ["## Speed", "", *grid(["", "asked", "p50 ms", "p95 ms"], rows)]
    alone = without_rasa([*found.results, *(result for some in found.noise.values() for result in some)])
    return (
        lines
        if not alone
        else [*lines, "", f"**{alone} turns were understood without Rasa, which did not answer in time.**"]
    )


def without_rasa(results: Sequence[Result]) -> int:
    """Return how many turns the catalogue search had to understand alone: their figures are not the model's."""
    return sum(result.by == Understander.SEARCH.value for result in results)


def _intents(found: Intents | None) -> list[str]:
    if found is None:
        return []
    figures_of = [[name, str(found.said.get(name, 0)), f"{figure:.3f}"] for name, figure in found.f1.items()]
    confused = [[one, other, str(times)] for one, other, times in found.confused[:MOST_CONFUSIONS]]
    return [
        "## Intents",
        "",
        f"Cross-validated on the training sentences: accuracy {found.accuracy:.3f}, macro F1 {found.macro_f1:.3f}.",
        "",
        *grid(["intent", "sentences", "F1"], figures_of),
        "",
        "Most frequent confusions:",
        "",
        *grid(["written", "understood", "times"], confused),
        "",
        f"![Intents, written and understood]({pictures.INTENTS})",
    ]
