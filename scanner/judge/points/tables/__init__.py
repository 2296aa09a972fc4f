"""The points, grouped as they stand on the page."""
