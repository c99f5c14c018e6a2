"""What readers can take along of a site: decks of flashcards, notebooks, the site offline."""
