"""The one history of all tables, of every package."""
