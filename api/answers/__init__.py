"""One function for each question that users ask; no HTTP and no terminal in it."""
