"""``motcua evaluate``: asks labelled questions through the complete path and prints how many were answered rightly.

It needs nothing running and never touches the live database: it trains if stale, starts a Rasa server on a free port, and
keeps a database of its own per catalogue file. What it measures is the model of the present inputs with the sayings that
were learned last, promoted or not. ``--ablation`` ranks in this process instead, without Rasa.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from bot.app import project_root
from bot.evaluation import ablation_table, border
from bot.evaluation.ablation_run import ablation, read_procedures
from bot.evaluation.cases import FEEDBACK, Case, accentless, read_cases
from bot.evaluation.compare import changes, comparison, read_summary
from bot.evaluation.findings import Findings, noisy_sets, texts_to_parse
from bot.evaluation.intents import Intents, read_intents
from bot.evaluation.markdown import understanding, without_rasa
from bot.evaluation.origin import origin_of
from bot.evaluation.pictures import charts, draw
from bot.evaluation.report import as_json, summarise, table
from bot.evaluation.run import Result
from bot.evaluation.whole import Bench, Contender, EvaluationError, Measured
from bot.settings import Settings
from nlu.learning.lessons import FOLDER, SAYINGS
from nlu.training import RasaHome, ensure_model, model_path, print_progress, rasa_environment

REPORT = "understanding.md"
ABLATION = "ablation.md"
WRITTEN, TWINS = "questions", "questions without accents"
NOISE = "noise: "

Told = dict[str, list[border.Told]]
"""What texts of feedback were taken for, by the name of their set."""


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> ArgumentParser:
    """Add ``evaluate``."""
    parser = subparsers.add_parser(
        "evaluate",
        help="measure understanding on labelled questions",
        description='Reads lines {"text", "kind", "accept": [codes], "aspect", "context_accept"}, plain or gzipped.'
        ' Lines of kind "feedback" have a "label" (conduct, content, kien_nghi, khieu_nai, to_cao, field_report, legal_question,'
        " other; also emergency, advert, insult) and are asked of the border of Decree 20 alone, with and without accents.",
    )
    parser.add_argument("questions", nargs="*", type=Path)
    parser.add_argument("--catalogue", type=Path, help="procedures to evaluate with; the starter catalogue by default")
    parser.add_argument("--json", type=Path, metavar="REPORT", help="write summary and cases to REPORT")
    parser.add_argument("--twins", action="store_true", help="ask everything again without accents")
    parser.add_argument(
        "--against",
        type=Path,
        metavar="REPORT",
        help="print before and after an earlier report; without questions the report of --json is read as the later one",
    )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help=f"write {REPORT} or {ABLATION}, with pictures, to DIR"
    )
    parser.add_argument(
        "--intents", type=Path, metavar="FILE", help="JSON of nlu.components.cross_validation, for the report"
    )
    parser.add_argument("--ablation", action="store_true", help="measure what each part of the search is worth instead")
    parser.add_argument("--with-embeddings", action="store_true", help="with --ablation: sentence embeddings too")
    return parser


async def run(args: Namespace, settings: Settings) -> int:
    """Evaluate, or compare two reports."""
    before = read_summary(args.against) if args.against else None
    if not args.questions:
        if before is None or args.json is None:
            raise EvaluationError("no questions: name files with labelled questions, one JSON a line")
        print(comparison(changes(before, read_summary(args.json))))
        return 0
    every = read_cases(args.questions)
    cases, handed_in = [one for one in every if one.kind != FEEDBACK], [one for one in every if one.kind == FEEDBACK]
    if args.ablation:
        return _ablate(args, cases)
    told = {WRITTEN: border.tell(handed_in), TWINS: border.tell(accentless(handed_in))} if handed_in else {}
    for name, some in told.items():
        print(f"feedback: {name}\n{border.table(some)}\n")
    if not cases:
        return _border_alone(args, told)
    intents = read_intents(args.intents) if args.intents else None
    logging.basicConfig(level=logging.WARNING)
    home = RasaHome(project_root())
    measured = await _measure(args, settings, home, cases)
    results = measured.results[WRITTEN]
    _print(results, measured.results.get(TWINS, []))
    alone = without_rasa([result for some in measured.results.values() for result in some])
    if alone:
        print(f"{alone} turns were understood without Rasa, which did not answer in time", file=sys.stderr)
    if before is not None:
        print(f"\nbefore ({args.against.name}) → after\n" + comparison(changes(before, summarise(results))))
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        found = as_json(results) | ({FEEDBACK: {n: border.as_json(some) for n, some in told.items()}} if told else {})
        args.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    if args.report:
        await _report(args, home, measured, intents, told)
    return 0


def _border_alone(args: Namespace, told: Told) -> int:
    """End an evaluation that had texts of feedback alone: neither Rasa nor a catalogue is needed."""
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        found = {name: border.as_json(some) for name, some in told.items()}
        args.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    return 0


async def _measure(args: Namespace, settings: Settings, home: RasaHome, cases: list[Case]) -> Measured:
    present = Contender(lambda: ensure_model(home, os.environ, print_progress), home.root / FOLDER / SAYINGS)
    sets = {WRITTEN: cases} | ({TWINS: accentless(cases)} if args.twins else {})
    parsed = texts_to_parse(cases) if args.report else []
    noise = noisy_sets(cases) if args.report else {}
    return await Bench(settings, home, args.catalogue).measure_sets(present, sets | _named(noise), parsed)


def _named(noise: dict[str, list[Case]]) -> dict[str, list[Case]]:
    """Name the sets of noise so that none is taken for another set."""
    return {f"{NOISE}{kind}": some for kind, some in noise.items()}


def _print(results: list[Result], twins: list[Result]) -> None:
    print(table(results))
    if twins:
        print("\nthe same without accents\n" + table(twins))


async def _report(args: Namespace, home: RasaHome, measured: Measured, intents: Intents | None, told: Told) -> None:
    noise = {name.removeprefix(NOISE): some for name, some in measured.results.items() if name.startswith(NOISE)}
    origin = origin_of(args.catalogue, args.questions, model_path(home).name)
    found = Findings(origin, measured.results[WRITTEN], noise, measured.fields, measured.parses, intents, told)
    args.report.mkdir(parents=True, exist_ok=True)
    (args.report / REPORT).write_text(understanding(found), "utf-8")
    await draw(home.require_python(), home.root, rasa_environment(os.environ), args.report, charts(found))
    print(f"\nwritten: {args.report / REPORT}")


def _ablate(args: Namespace, cases: list[Case]) -> int:
    rows = ablation(read_procedures(args.catalogue), cases, args.with_embeddings)
    print(f"{ablation_table.table(rows)}\n\n{ablation_table.CAPTION}")
    if args.report:
        origin = origin_of(args.catalogue, args.questions, "none")
        args.report.mkdir(parents=True, exist_ok=True)
        told = (f"catalogue: {origin.catalogue}", *(f"questions: {one}" for one in origin.questions))
        (args.report / ABLATION).write_text(ablation_table.markdown(rows, told), "utf-8")
    return 0
