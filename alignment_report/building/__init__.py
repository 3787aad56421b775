"""From a client's folder to its files: read, compute, write."""
