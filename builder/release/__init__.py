"""Releases: what is handed to a host, file by file, and can be compared with what the host shows."""
