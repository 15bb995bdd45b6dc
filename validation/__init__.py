"""Docking: the model beside published models of the same trade."""
