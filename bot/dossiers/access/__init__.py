"""Who may be told what of a dossier: proofs, limits, one-time codes, and the record of who was told when.

``desk`` is what the dialogue speaks to, ``page`` where a one-time code is typed, ``post`` what sends it. What protects
whom from what, and what remains, stands in ``desk``.
"""
