"""Which of several places a name means, and how sure that is: learnt from made-up reports, kept as readable weights."""
