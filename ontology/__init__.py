"""What can be said, and what is said: schema, code lists, shapes and the record."""
