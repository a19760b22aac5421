"""What a proposal would change for citizens: the same questions asked of two catalogues, and the checklists they saved."""
