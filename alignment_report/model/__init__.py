"""Values: what the playbook knows and what the client told us. Standard library only."""
