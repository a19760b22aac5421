"""Figures (bảng số liệu), reports, the sheet for the review of procedures, and what inspections are given."""
