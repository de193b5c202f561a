"""Build the site: ``uv run build.py``; see ``uv run build.py --help``."""

from builder.cli import leave, main

if __name__ == "__main__":
    leave(main(ends_process=True))
