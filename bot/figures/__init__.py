"""Counts by day of dossiers, of the talk and of channels: what pages show at once. Nothing in them is anybody's."""
