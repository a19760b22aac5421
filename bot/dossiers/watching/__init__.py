"""Tells people when a dossier that they watch moves: once per change, in order, and never at night.

``store`` keeps who watches what, ``polling`` asks remote sources again, ``telling`` writes notices in the transaction
that marks them as told, ``reaching`` looks after those that could not be delivered, ``worker`` runs all of it.
"""
