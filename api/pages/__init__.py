"""The pages for readers: one module for each kind of page, HTML only in the templates."""
