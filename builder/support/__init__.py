"""Findings, cache, worker processes, Markdown, Chinese characters. Every room may use these; none knows about guides."""
