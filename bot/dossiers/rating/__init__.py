"""What applicants think of how their dossier was handled, and what that comes to by the rule of five grades: a draft."""
