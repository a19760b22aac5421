"""Working days and hours in Vietnamese public administration: pure, dated, sourced, and able to show its working.

Start at ``loading.load_calendar``; ``deadlines.due`` computes an appointment, ``remaining.remaining`` what is left of it,
``hours.OfficeHours`` says whether an office is open. No sentence is written here: reasons and doubts are enums.
"""
