"""Pictures of what teachers bring: cards, pages, posters; drawn anew in limited children, never the bytes that came."""
