"""How fast and how small the collection is, beside what others do the same with."""
