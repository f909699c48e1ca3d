"""The embedded world: a GitHub and a blog host on loopback, to run everything against."""
