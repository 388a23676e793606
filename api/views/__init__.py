"""The nine views: what is asked of the data for each picture, one module for one view."""
