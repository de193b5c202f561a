"""A live site, compared with a release: what each file came to, what the host does, and what to tell its operator."""
