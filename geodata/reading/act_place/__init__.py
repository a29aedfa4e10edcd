"""Where in its sentence an act happened: learnt from sentences of our own, kept as readable weights.

The field calls this linking an event to a toponym. Each place name of the sentence is described by how
it hangs on the act (`features`), a linear model weighs that (`weights`), and the likeliest is taken (`choosing`).
"""
