"""Finished files, read as a reader gets them, into the faults that must not go out."""
