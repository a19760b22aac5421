"""Work that takes longer than a page may: done by a process of its own, which outlives the server and can be stopped."""
