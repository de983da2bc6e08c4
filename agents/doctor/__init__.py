"""Family doctors: refer, record, treat, learn."""
