"""Links, anchors and the navigation: whether everything to which the pages lead is there, from their Markdown alone."""
