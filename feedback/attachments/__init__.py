"""Files that senders attach: known by their content, rid of what they say beside the picture, sealed, and scanned."""
