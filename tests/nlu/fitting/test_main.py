"""What may not count against a service is told by name, and nothing that speaks against one is among it."""

from __future__ import annotations

from nlu.catalogue.index_features import FEATURES
from nlu.fitting.__main__ import AGAINST, HELPFUL


def test_measures_of_fit_may_not_count_against_a_service_but_measures_of_misfit_and_contrasts_may() -> None:
    helpful = {name for name, good in zip(FEATURES, HELPFUL.tolist(), strict=True) if good}
    assert {"words", "said_f", "core_covered", "is_full", "is_popular"} <= helpful
    assert helpful.isdisjoint(AGAINST)
    assert not any(name.startswith(("has_", "lacks_")) for name in helpful)
    assert set(FEATURES) >= AGAINST
