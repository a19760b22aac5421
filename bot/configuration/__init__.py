"""What an agency sets itself, in versions: days off and deadlines, who receives, who answers people, its own wording."""
