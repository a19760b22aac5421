"""What of the register is public (Article 19): redacted questions with their answers, and nothing of their senders."""
