"""What every room may use, and what knows nothing of guides: findings, cache, worker processes, Markdown, characters."""
