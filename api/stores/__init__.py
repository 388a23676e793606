"""Stores of the operator's choice in place of the record's own build: a folder, or an endpoint."""
