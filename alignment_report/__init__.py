"""Playbooks for how a client's Sales and Marketing work together."""

__version__ = "0.1.0"
