"""Windows machines of the practice estate: the endpoint, and the cmdlets that answer behind it."""
