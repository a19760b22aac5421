"""Brings dossiers from files into the database: CSV, XLSX and JSON Lines with the fields of national synchronisation."""
