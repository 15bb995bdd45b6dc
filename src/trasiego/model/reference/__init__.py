"""Plain twins of the two hot steps, written from the equations alone, apart from the fast kernels.

They are slow and meant to be read. The tests run both on many worlds and compare the values, so that a slip
in one of them shows. Nothing of the model uses them.
"""
