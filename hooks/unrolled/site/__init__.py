"""A whole site: where its pages are, checking and recording them, and building them with MkDocs."""
