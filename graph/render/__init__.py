"""Pictures: from frozen dataclasses to SVG, HTML, JSON and CSV text."""
