"""The theme `unrolled`: Material with our stylesheet, the widget and a few parts of our own.

MkDocs and Zensical find it by its name, and load this before they look at its files.
"""

from unrolled.site.assets import complete_theme

complete_theme()
