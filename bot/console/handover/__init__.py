"""The hand-over desk: people who asked for an official."""
