"""The record of a run as a file, and what is hidden before anybody sees it."""
