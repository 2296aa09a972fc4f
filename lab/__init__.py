"""The practice lab: Windows machines without Windows, a real directory, and estates to try the scanner on."""
