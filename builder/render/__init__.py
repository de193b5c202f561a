"""Pages are planned, given their views, and rendered."""
