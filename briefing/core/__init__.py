"""What a figure is: a quantity, what it satisfies, and how it is worded in a language."""
