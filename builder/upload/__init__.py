"""Upload: a packaged release is sent to a target, file by file, so that at no moment a page leads to a missing file."""
