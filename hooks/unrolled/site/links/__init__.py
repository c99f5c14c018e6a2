"""Links, anchors and the navigation.

Whether everything to which the pages lead is there, from their Markdown alone.
"""
