"""What a recording of one machine says of a point: one pure function each, strict."""
