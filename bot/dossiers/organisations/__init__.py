"""Organisations that file many dossiers: a token from the agency shows them all of theirs at once, and nobody else's."""
