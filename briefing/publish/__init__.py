"""How editions are run and become pages, sheets and hand-outs."""
