"""Files of a client and of the playbook into values, or every flaw at once."""
