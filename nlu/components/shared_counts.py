"""Features of a sentence as one row of a matrix that all training sentences share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from scipy.sparse import csr_matrix, vstack


class SharedCounts(Features):
    """The counts of one sentence.

    Sixty thousand matrices of one row each take longer to make, and again to stack, than all the counting.
    """

    def __init__(self, matrix: csr_matrix, row: int, origin: str) -> None:
        """Point at a row.

        Args:
            matrix: counts of all sentences.
            row: of this one.
            origin: name of the featurizer.
        """
        super().__init__(matrix, FEATURE_TYPE_SENTENCE, TEXT, origin)
        self.row = row

    def fingerprint(self) -> str:
        """Return a hash of the sentence's own row."""
        return self.alone().fingerprint()

    def alone(self) -> Features:
        """Return the features as Rasa's own kind."""
        return Features(self.features[self.row].tocoo(), self.type, self.attribute, self.origin)


def stacked(found: Sequence[Features]) -> csr_matrix:
    """Stack the features of some sentences, one row each."""
    shared = [one for one in found if isinstance(one, SharedCounts)]
    if len(shared) == len(found) and len({id(one.features) for one in shared}) == 1:
        matrix = shared[0].features
        # A live message is a matrix of its own; to take its one row costs more than all that is done with it.
        rows = matrix if matrix.shape[0] == 1 else matrix[[one.row for one in shared]]
        return rows if rows.dtype == np.float32 else rows.astype(np.float32)
    alone = [(one.alone() if isinstance(one, SharedCounts) else one).features for one in found]
    return vstack(alone, format="csr", dtype=np.float32)
