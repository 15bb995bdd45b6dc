"""Networks of a few nodes whose prices and ways can be reckoned by hand."""

from validation.narcologic.network import CARIBBEAN, NEITHER, PACIFIC, build

DEGREE_KM = 6371.0088 * 3.141592653589793 / 180


def line(land_nodes=2, trafficker=PACIFIC, extra=(), **more):
    """Return producer, land nodes and end one degree of latitude apart, with the direct way."""
    end = land_nodes + 1
    edges = [(0, node) for node in range(1, end + 1)] + [(node, end) for node in range(1, end)] + list(extra)
    owners = [NEITHER, *([trafficker] * land_nodes), NEITHER]
    return build(range(end + 1), [0.0] * (end + 1), owners, edges, **more)


def two_sides(land_nodes=4):
    """Return a line on which the traffickers' nodes take turns, Pacific first, all joined northward."""
    end = land_nodes + 1
    edges = [(0, node) for node in range(1, end + 1)] + [(node, end) for node in range(1, end)]
    edges += [(node, later) for node in range(1, end) for later in range(node + 1, end)]
    owners = [NEITHER, *([PACIFIC, CARIBBEAN] * land_nodes)[:land_nodes], NEITHER]
    return build(range(end + 1), [0.0] * (end + 1), owners, edges)
