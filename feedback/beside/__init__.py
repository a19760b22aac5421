"""What officials keep beside the register: private notes, templates, saved filters, and who has which record open."""
