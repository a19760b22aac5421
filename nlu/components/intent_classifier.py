"""Learns and predicts the intent of a message from its sparse features."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.linear_model import LinearModel, sentence_blocks

FILE = "intents"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """One logistic regression per intent over weighted counts; writes ``intent`` and ``intent_ranking``."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Sparse features must come first."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults."""
        return {
            # Inverse of the regularisation: higher trusts the training sentences more.
            "strength": 8.0,
            # Whether a rare intent counts as much as a frequent one.
            "balanced": True,
            # How many intents the ranking lists.
            "ranking_length": 5,
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
    ) -> LinearIntentClassifier:
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
    ) -> LinearIntentClassifier:
        """Load the trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder, FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has a text and an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        named = np.array([example.get(INTENT) for example in examples])
        labels = sorted(set(named.tolist()))
        holds = named[:, None] == np.array(labels)[None, :]
        blocks = sentence_blocks(examples)
        self._model = LinearModel.fit(blocks, holds, labels, self._config["strength"], self._config["balanced"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder, FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Write the likeliest intent and the ranking into each message."""
        if self._model is None or not messages:
            return messages
        shares = self._model.probabilities(sentence_blocks(messages))
        shares /= shares.sum(axis=1, keepdims=True)  # exactly one intent holds
        for message, row in zip(messages, shares, strict=True):
            best = row.argsort()[::-1][: self._config["ranking_length"]]
            ranking = [{"name": self._model.labels[i], "confidence": float(row[i])} for i in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
