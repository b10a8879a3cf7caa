"""`/api`: the line's answers as JSON, and the GeoJSON that the maps of 2020 read."""
