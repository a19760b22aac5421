"""What people ask about the public post (bưu chính công ích), told from their words. Pure."""
