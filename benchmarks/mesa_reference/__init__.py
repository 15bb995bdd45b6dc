"""The model written a second time, from the equations of docs/model.md, as an agent-based model in Mesa.

Plain Python objects that meet each other, as a user of the field would write it; nothing is taken from the
kernels. It takes the same compiled world, has draws of its own, and must agree in distribution.
"""
