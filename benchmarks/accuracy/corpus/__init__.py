"""The seeded generator of the labelled accuracy corpus."""
