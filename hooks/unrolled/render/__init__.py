"""Pages to HTML: a Python-Markdown extension, and the HTML of cells, claims, questions and figures. Works without MkDocs."""
