"""Settings of the agency on the console: versions with a reason, checked before they hold, and its own wording."""
