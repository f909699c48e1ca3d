"""Posts of a blog, found from any address of it."""
