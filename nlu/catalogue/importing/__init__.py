"""Import of procedures from files: reading them, mapping portal rows to the model, and reporting what was doubtful."""
