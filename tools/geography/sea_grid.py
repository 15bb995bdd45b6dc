"""Shortest water paths on a 0.1 degree grid of the Caribbean, the Gulf of Mexico and the eastern Pacific.

The ship lanes of searoute are far too long for short legs of small craft; between close coasts the water
itself is the network. Land comes from Natural Earth's first-level divisions (10 m).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from natural_earth import read_divisions
from numpy.typing import NDArray
from scipy.ndimage import label
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely import contains_xy, prepare
from shapely.geometry import shape
from tables import Row

WEST, SOUTH, EAST, NORTH = -120.0, -22.0, -55.0, 34.0
STEP = 0.1
COLUMNS, ROWS = round((EAST - WEST) / STEP), round((NORTH - SOUTH) / STEP)
EARTH_RADIUS_KM = 6371.0088
# Half of the 16 directions of a move (knight's moves keep paths near straight); the rest is their reverse.
MOVES = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (1, -2), (2, 1), (2, -1))


def land_mask(packages: Path) -> NDArray[np.bool_]:
    """Return [ROWS, COLUMNS], true where the middle of the cell is land."""
    longitudes = WEST + STEP * (np.arange(COLUMNS) + 0.5)
    latitudes = SOUTH + STEP * (np.arange(ROWS) + 0.5)
    x, y = np.meshgrid(longitudes, latitudes)
    mask = np.zeros(x.shape, bool)
    for feature in read_divisions(packages):
        area = shape(feature["geometry"])
        west, south, east, north = area.bounds
        if west > EAST or east < WEST or south > NORTH or north < SOUTH:
            continue
        rows = slice(max(0, int((south - SOUTH) / STEP) - 1), max(0, int((north - SOUTH) / STEP) + 2))
        columns = slice(max(0, int((west - WEST) / STEP) - 1), max(0, int((east - WEST) / STEP) + 2))
        prepare(area)
        mask[rows, columns] |= contains_xy(area, x[rows, columns], y[rows, columns])
    return mask


def move_km(row_step: int, column_step: int) -> NDArray[np.float64]:
    """Return [ROWS], the length in km of a move that starts in each row."""
    middle = np.radians(SOUTH + STEP * (np.arange(ROWS) + 0.5 + row_step / 2))
    north = np.radians(row_step * STEP)
    east = np.radians(column_step * STEP) * np.cos(middle)
    return EARTH_RADIUS_KM * np.hypot(north, east)


class SeaGrid:
    """The water of the box as a graph; one search for each starting place, kept."""

    def __init__(self, packages: Path) -> None:
        land = land_mask(packages)
        pieces, _count = label(~land)
        sizes = np.bincount(pieces.ravel())
        sizes[0] = 0
        self.water = np.isin(pieces, np.flatnonzero(sizes > 1000))
        self.pieces = pieces
        self.graph = self._graph()
        self.found: dict[tuple[int, int], NDArray[np.float64]] = {}

    def _graph(self) -> csr_matrix:
        index = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS)
        tails, heads, lengths = [], [], []
        for row_step, column_step in MOVES:
            here = (slice(0, ROWS - row_step), slice(max(0, -column_step), COLUMNS - max(0, column_step)))
            there = (slice(row_step, ROWS), slice(max(0, column_step), COLUMNS - max(0, -column_step)))
            open_water = self.water[here] & self.water[there]
            length = np.broadcast_to(
                move_km(row_step, column_step)[: ROWS - row_step, None], open_water.shape
            )
            tails.append(index[here][open_water])
            heads.append(index[there][open_water])
            lengths.append(length[open_water])
        size = ROWS * COLUMNS
        arrays = (np.concatenate(lengths), (np.concatenate(tails), np.concatenate(heads)))
        return coo_matrix(arrays, shape=(size, size)).tocsr()

    def holds(self, place: Row) -> bool:
        """Say whether the place lies in the box of the grid."""
        return WEST < float(place["lon"]) < EAST and SOUTH < float(place["lat"]) < NORTH

    def _cell(self, place: Row, piece: int) -> tuple[int, float]:
        """Return the nearest water cell of one piece of sea and the way to it in km."""
        row = (float(place["lat"]) - SOUTH) / STEP - 0.5
        column = (float(place["lon"]) - WEST) / STEP - 0.5
        rows, columns = np.nonzero(self.pieces == piece)
        squeeze = np.cos(np.radians(float(place["lat"])))
        away = np.hypot(rows - row, (columns - column) * squeeze)
        best = int(np.argmin(away))
        degrees_km = np.radians(STEP) * EARTH_RADIUS_KM
        return int(rows[best] * COLUMNS + columns[best]), float(away[best] * degrees_km)

    def distance_km(self, start: Row, end: Row) -> float:
        """Return the shortest water path between two places in km, with the way to the water at both ends."""
        best = np.inf
        for piece in np.unique(self.pieces[self.water]):
            tail, to_water = self._cell(start, int(piece))
            head, from_water = self._cell(end, int(piece))
            if (tail, int(piece)) not in self.found:
                self.found[tail, int(piece)] = dijkstra(self.graph, directed=False, indices=tail)
            best = min(best, to_water + float(self.found[tail, int(piece)][head]) + from_water)
        return float(best)
