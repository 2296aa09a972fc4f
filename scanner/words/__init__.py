"""The words that everything else is told in: what is judged, asked, read and reported."""
