"""Learns and tells how likely a question asks for each aspect of a procedure; ``nlu.asking_model`` decides, in the app."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from nlu.aspects import cue_features
from nlu.components.linear_model import LinearModel, sentence_blocks
from nlu.understanding import Aspect

FILE = "aspects"
METADATA_KEY = "aspects"
"""Key under ``metadata:`` of a training block; an empty list says that the question names no aspect."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AspectClassifier(GraphComponent):
    """One logistic regression per aspect over counts and cue words; writes ``aspects``, most certain first."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Sparse features must come first."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # Inverse of the regularisation: higher trusts the training sentences more.
            "strength": 6.0,
            # Probability from which an aspect is told at all.
            "floor": 0.02,
            # Whether a rare aspect counts as much as a frequent one.
            "balanced": True,
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: LinearModel | None = None
    ) -> None:
        """Hold configuration and, once trained, the model."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AspectClassifier:
        """Create the component for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AspectClassifier:
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder, FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples whose block names its aspects; with none of them nothing is ever predicted."""
        examples = [example for example in training_data.nlu_examples if asked_aspects(example) is not None]
        names = [aspect.value for aspect in Aspect]
        if examples:
            holds = np.array([[name in (asked_aspects(one) or ()) for name in names] for one in examples])
            blocks = self._blocks(examples)
            self._model = LinearModel.fit(blocks, holds, names, self._config["strength"], self._config["balanced"])
        else:
            nothing = np.zeros((0, 0), dtype=np.float32)
            self._model = LinearModel((), (), nothing, np.zeros(0, dtype=np.float32))
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder, FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Write ``aspects`` as a list of name and confidence into each message."""
        if self._model is None or not messages:
            return messages
        if not self._model.labels:
            for message in messages:
                message.set("aspects", [], add_to_output=True)
            return messages
        for message, row in zip(messages, self._model.probabilities(self._blocks(messages)), strict=True):
            asked = [
                {"name": self._model.labels[at], "confidence": float(row[at])}
                for at in row.argsort()[::-1]
                if row[at] >= self._config["floor"]
            ]
            message.set("aspects", asked, add_to_output=True)
        return messages

    def _blocks(self, messages: list[Message]) -> list[csr_matrix]:
        """Return the counts, and the cue words as one more block, so that they weigh as much as all words together."""
        cues = np.array([cue_features(message.get(TEXT)) for message in messages], dtype=np.float32)
        return [*sentence_blocks(messages), csr_matrix(cues)]


def asked_aspects(example: Message) -> list[str] | None:
    """Return the aspects that the training block of an example names; ``None`` when it names none at all."""
    block = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    aspects = block.get(METADATA_KEY) if isinstance(block, dict) else None
    return list(aspects) if aspects is not None else None
