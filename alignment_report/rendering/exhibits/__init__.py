"""Already formatted figures into charts, each an SVG with its own title and description."""
