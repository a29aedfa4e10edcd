"""Which acts are events, and of which type: a linear model over the rules' proposals and the words around."""
