"""Who does an act, and to whom: every noun phrase of its sentence is weighed, as learnt from sentences of our own.

The rules propose (`grammar`, `acts`, `nominal`), the sentence's phrases are described by how they hang on the act
(`phrases`, `describing`), a linear model gives each a chance, and "nobody" one too (`model`, `choosing`).
"""
