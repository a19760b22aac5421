"""Officials' accounts: who they are, how they prove it, what they may do, and where they are signed in."""
