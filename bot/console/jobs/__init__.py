"""How far long work is, and how it is stopped."""
