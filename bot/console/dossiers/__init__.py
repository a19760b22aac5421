"""Dossiers for officials: what is due, alerts, one-stop systems, organisations, draft grades."""
