"""A Report into its document, and the document into HTML and PDF."""
