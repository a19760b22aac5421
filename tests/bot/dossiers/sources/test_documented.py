"""The example of the documentation is a good file."""

from __future__ import annotations

import re
from pathlib import Path

from bot.app import project_root
from bot.dossiers.sources.mapping import read_sources


def test_the_documented_example_is_read_without_a_fault(tmp_path: Path) -> None:
    page = (project_root() / "docs" / "dossier-sources.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "sources.yml"
    path.write_text(example, "utf-8")
    (source,) = read_sources(path, {"MOTCUA_DOSSIER_SECRET_QN": ""})
    assert source.agencies == ("H48", "H34")
