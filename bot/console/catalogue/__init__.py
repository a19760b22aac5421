"""The catalogue in the console: looking up, editing, proposals and their way to the citizens."""
