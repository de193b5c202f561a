"""Open data (数据开放): what a site says of its public items, for programs. Nothing that only editors see is in it."""
