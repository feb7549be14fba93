"""How data/ is read and checked, how a printed form is read, how the report's text is split."""
