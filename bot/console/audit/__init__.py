"""The console's own log: who signed in, who changed accounts and settings, who looked at personal data and why."""
