"""Where a dossier (hồ sơ) stands: who may be told how much, from which source, and who is told when it moves.

``record`` is what a source delivers, ``disclosure`` what may be said of it and to whom, ``desk`` what the dialogue asks.
"""
