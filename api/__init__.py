"""The two doors, command line and HTTP; both ask the same answers."""
