"""What the assistant did not understand: labelled with one key each, learned, and counted by month."""
