"""The rule that makes one figure of several claims: what it promises holds for all claims."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trasiego.evidence.combining import Piece, combine, piece_of, weight_of
from trasiego.evidence.load import load_ledger

FIGURES = st.floats(0.01, 1e6)
WEIGHTS = st.floats(0.09, 1.0)


@st.composite
def pieces(draw, name="p", figures=FIGURES):
    """Pieces that are no lone bounds."""
    low, value, high = sorted(draw(st.tuples(figures, figures, figures)))
    kind = draw(st.sampled_from(["value", "range", "both"]))
    ends = (None, None) if kind == "value" else (low, high)
    return Piece(name, None if kind == "range" else value, *ends, draw(WEIGHTS))


def several(least=1, most=6, figures=FIGURES):
    return st.integers(least, most).flatmap(
        lambda count: st.tuples(*(pieces(f"p{number}", figures) for number in range(count)))
    )


def ends(found):
    return (found.value, found.value) if found.low is None else (found.low, found.high)


@given(pieces())
def test_one_claim_alone_comes_back_as_it_is(piece):
    found = combine([piece])
    assert (found.value, found.low, found.high) == (piece.value, piece.low, piece.high)
    assert found.shares == {"p": 1.0}


@given(several(2, 4), st.randoms())
def test_the_order_of_claims_does_not_matter(given_, random):
    shuffled = list(given_)
    random.shuffle(shuffled)
    assert combine(shuffled) == combine(given_)


@given(several(2))
def test_the_value_lies_in_the_range_and_the_range_among_the_claims(given_):
    found = combine(given_)
    low, high = ends(found)
    assert low <= found.value <= high
    every = [
        figure for piece in given_ for figure in (piece.value, piece.low, piece.high) if figure is not None
    ]
    assert min(every) <= low and high <= max(every)


@given(several(2), st.floats(0, 1), st.floats(0, 1), WEIGHTS)
def test_a_claim_inside_the_range_never_widens_it(given_, one, other, weight):
    low, high = ends(combine(given_))
    inner = sorted(min(max(low + part * (high - low), low), high) for part in (one, other))
    after = ends(combine([*given_, Piece("q", None, *inner, weight)]))
    assert low <= after[0] and after[1] <= high


@given(several(1, 5), st.floats(1.01, 100), st.booleans())
def test_a_claim_apart_from_the_range_widens_it(given_, times, above):
    low, high = ends(combine(given_))
    weight = max(piece.weight for piece in given_)
    value = high * times if above else low / times
    after = ends(combine([*given_, Piece("q", value, None, None, weight)]))
    assert (after[1] == value) if above else (after[0] == value)
    heavy = all(piece.weight > 0.05 * (weight + sum(each.weight for each in given_)) for piece in given_)
    if heavy:
        assert after[0] <= low and after[1] >= high and after != (low, high)


@given(several(1, 5), WEIGHTS)
def test_a_claim_that_repeats_the_value_keeps_it(given_, weight):
    found = combine(given_)
    if found.value is not None:
        again = combine([*given_, Piece("q", found.value, None, None, weight)])
        assert again.value == pytest.approx(found.value)


@given(several(2, 5, st.floats(0, 1)))
def test_shares_stay_shares(given_):
    low, high = ends(combine(given_))
    assert 0 <= low <= high <= 1


def test_a_heavier_claim_draws_the_value_and_an_outlier_of_little_weight_is_trimmed():
    def at(weight):
        return combine([Piece("a", 100.0, None, None, 1.0), Piece("b", 400.0, None, None, weight)])

    assert at(1.0).value == pytest.approx(200.0)  # the mean of logarithms
    assert at(0.2).value < at(0.5).value < at(1.0).value
    assert (at(0.5).low, at(0.5).high) == (100.0, 400.0)
    assert at(0.05).low is None and at(0.05).value == 100.0


def test_figures_that_are_not_all_positive_are_pooled_as_they_are():
    found = combine([Piece("a", 0.0, None, None, 1.0), Piece("b", 10.0, None, None, 1.0)])
    assert found.value == 5.0


@pytest.mark.parametrize(
    ("bound", "value", "low", "high"),
    [
        ((50.0, None), 100.0, 80.0, 120.0),  # says nothing new
        ((100.0, None), 100.0, 80.0, 120.0),
        ((200.0, None), 200.0**0.5 * 100**0.5, 80.0, 200.0),
        ((None, 50.0), 50.0**0.5 * 100**0.5, 50.0, 120.0),
    ],
)
def test_a_lone_bound_moves_only_what_lies_beyond_it(bound, value, low, high):
    found = combine([Piece("a", 100.0, 80.0, 120.0, 0.5), Piece("b", None, *bound, 0.5)])
    assert (found.value, found.low, found.high) == (pytest.approx(value), low, high)


def test_bounds_alone_are_the_strictest_of_them():
    found = combine([Piece("a", None, 5.0, None, 1.0), Piece("b", None, 7.0, None, 1.0)])
    assert (found.value, found.low, found.high) == (None, 7.0, None)
    crossed = combine([Piece("a", None, 5.0, None, 1.0), Piece("b", None, None, 3.0, 1.0)])
    assert (crossed.low, crossed.high) == (3.0, 5.0)


def test_nothing_cannot_be_combined():
    with pytest.raises(ValueError):
        combine([])


def test_claims_become_pieces_in_the_unit_of_the_number():
    ledger = load_ledger()
    claim = ledger.claims["s039"]
    source = ledger.source_of(claim)
    piece = piece_of(claim, source, "USD/g", (2010, 2012))
    assert (piece.low, piece.high) == (pytest.approx(0.05), pytest.approx(0.06))
    assert piece.value is None
    assert piece_of(claim, source, "kg", (2010, 2012)) is None
    assert piece_of(ledger.claims["r083"], source, "kg", (2010, 2012)) is None


def test_weight_falls_by_grade_and_by_half_in_five_years():
    ledger = load_ledger()
    claim = ledger.claims["s039"]  # B3, of 2012
    source = ledger.source_of(claim)
    assert weight_of(claim, source, (2010, 2012)) == pytest.approx(0.48)
    assert weight_of(claim, source, (2017, 2020)) == pytest.approx(0.24)
    assert weight_of(claim, source, (2000, 2007)) == pytest.approx(0.24)


@settings(max_examples=20)
@given(st.sampled_from(sorted(load_ledger().claims)))
def test_every_shipped_claim_with_a_figure_is_a_piece(name):
    ledger = load_ledger()
    claim = ledger.claims[name]
    piece = piece_of(claim, ledger.source_of(claim), claim.unit or "kg", (2010, 2012))
    bounds = claim.bounds()
    assert (piece is None) == (bounds is None or claim.standing == "denied")
    if piece is not None:
        there = [end for end in bounds if abs(end) != inf]
        kept = [end for end in (piece.value, piece.low, piece.high) if end is not None]
        assert all(any(end == pytest.approx(each) for each in kept) for end in there)
