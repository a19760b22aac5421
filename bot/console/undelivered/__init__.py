"""Messages and notices that reached nobody, on the console: sent once more, or given up."""
