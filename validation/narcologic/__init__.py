"""A small reference program of NarcoLogic (Magliocca et al., PNAS 2019), written from its equations."""
