"""Ranks the live catalogue for the words of a message: the procedure linker."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.index_feed import HttpFetch, IndexFeed
from nlu.understanding import Candidate


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ProcedureLinker(GraphComponent):
    """Writes ``procedures`` (code, score, name, members), ``in_scope``, ``linker_features``, ``catalogue_version``, ``catalogue_index``.

    It learns nothing in training: the catalogue changes without the model. While there is no index it answers with no
    candidates and version 0, and the app ranks for itself.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # Environment variable with the app's base address; unset: only the cached index is used.
            "url_variable": "MOTCUA_INDEX_URL",
            # Environment variable with the key of the app's private routes.
            "key_variable": "MOTCUA_INTERNAL_KEY",
            # File that keeps the index over a restart; null for none.
            "cache": None,
            # Seconds between two questions for a newer index.
            "poll_seconds": 5.0,
            # How many candidates to return.
            "limit": 10,
        }

    def __init__(self, feed: IndexFeed, limit: int) -> None:
        """Rank with the index of ``feed``, returning at most ``limit`` candidates."""
        self._feed = feed
        self._limit = limit

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ProcedureLinker:
        """Create the component and start its feed; Rasa calls this when a model is loaded, never in training."""
        url = os.environ.get(config["url_variable"], "")
        key = os.environ.get(config["key_variable"], "")
        cache = Path(config["cache"]) if config["cache"] else None
        feed = IndexFeed(HttpFetch(url, key) if url else None, cache)
        if url or cache:
            feed.start(config["poll_seconds"])
        return cls(feed, config["limit"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the catalogue for each message."""
        index = self._feed.index
        for message in messages:
            ranking = index.rank(message.get(TEXT), self._limit) if index else None
            candidates = ranking.candidates if ranking else ()
            procedures = [_told(one) for one in candidates]
            message.set("procedures", procedures, add_to_output=True)
            message.set("in_scope", float(ranking.in_scope) if ranking else 0.0, add_to_output=True)
            features = ranking.features if ranking else {}
            message.set("linker_features", {name: float(x) for name, x in features.items()}, add_to_output=True)
            message.set("catalogue_version", index.version if index else 0, add_to_output=True)
            message.set("catalogue_index", index.identity if index else "", add_to_output=True)
        return messages


def _told(one: Candidate) -> dict[str, Any]:
    return {"code": one.code, "score": float(one.score), "name": one.name, "members": list(one.codes)}
