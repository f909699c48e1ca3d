"""Places to publish to: the files here, a local commit, a commit through GitHub's API."""
