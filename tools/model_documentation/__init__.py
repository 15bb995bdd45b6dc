"""Writes docs/model.md and docs/month.svg: prose from docs/odd, everything else read from the code."""
