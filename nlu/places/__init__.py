"""Places in Vietnam as people write them: today's provinces and communes, and what became of the old ones (07/2025)."""
