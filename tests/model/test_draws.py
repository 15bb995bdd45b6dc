"""Draws: the published words of Philox, and distributions that come out of them."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from trasiego.model import draws

ALL = 0xFFFFFFFF
# Known-answer vectors of Random123, philox4x32 with 10 rounds: counter, key, words.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ALL,) * 4, (ALL,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
drawn = st.integers(0, 2**53 - 1).map(lambda word: word / 2**53)  # the uniforms that there are
FAST = settings(deadline=None, max_examples=300, derandomize=True)


@pytest.mark.parametrize("counter, key, words", KNOWN)
def test_philox_gives_the_published_words(counter, key, words):
    assert tuple(int(word) for word in draws.philox(*counter, *key)) == words


def test_uniforms_are_made_of_the_words_to_53_bits():
    first, second = draws.uniforms(0, 0, 0, 0, 0, 0)
    w = KNOWN[0][2]
    assert first == ((w[0] >> 5) * 2**26 + (w[1] >> 6)) / 2**53
    assert second == ((w[2] >> 5) * 2**26 + (w[3] >> 6)) / 2**53
    lowest = draws.uniforms(ALL, ALL, ALL, ALL, ALL, ALL)
    assert all(0.0 <= uniform < 1.0 for uniform in lowest)


def _pairs(draw, count=20_000):
    return np.array([draw(3, entity, 0, draws.LOT, 7, 1) for entity in range(count)])


def test_uniforms_fill_the_unit_interval():
    pairs = _pairs(draws.uniforms)
    assert pairs.min() >= 0.0 and pairs.max() < 1.0
    assert stats.kstest(pairs.ravel(), "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(pairs.T)[0, 1]) < 4.0 / np.sqrt(len(pairs))


def test_every_part_of_the_key_changes_the_draw():
    base = (1, 2, 3, 4, 5, 6)
    seen = {draws.uniforms(*base)}
    for part in range(6):
        changed = list(base)
        changed[part] += 1
        seen.add(draws.uniforms(*changed))
    assert len(seen) == 7


def test_mechanisms_have_streams_of_their_own():
    streams = [value for name, value in vars(draws).items() if name.isupper() and isinstance(value, int)]
    assert len(streams) == len(set(streams)) >= 9


@FAST
@given(st.integers(1, 2000), st.floats(0.0001, 0.9999), drawn)
def test_binomial_is_the_quantile_of_the_distribution(trials, probability, uniform):
    found = draws.binomial(trials, probability, uniform)
    expected = max(stats.binom.ppf(uniform, trials, probability), 0.0)
    steps = stats.binom.cdf([expected - 1, expected], trials, probability)
    assert found == expected or np.abs(steps - uniform).min() < 1e-11


def test_binomial_over_a_grid_of_trials_and_chances():
    uniforms = np.random.default_rng(1).random(200)
    for trials in (1, 2, 3, 7, 20, 100, 1000):
        for probability in (0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 0.999):
            found = [draws.binomial(trials, probability, uniform) for uniform in uniforms]
            np.testing.assert_array_equal(found, stats.binom.ppf(uniforms, trials, probability))


@pytest.mark.parametrize("uniform", [0.0, 0.3, 0.999999])
def test_binomial_at_its_ends(uniform):
    assert draws.binomial(0, 0.5, uniform) == 0
    assert draws.binomial(10, 0.0, uniform) == 0
    assert draws.binomial(10, -0.1, uniform) == 0
    assert draws.binomial(10, 1.0, uniform) == 10


@FAST
@given(st.integers(1, 500), st.floats(0.0, 0.6), st.floats(0.0, 0.6), drawn)
def test_binomial_never_falls_with_the_chance(trials, one, other, uniform):
    """So a policy that lowers a hazard never adds a seizure where the draw is the same."""
    assume(uniform < 1.0 - 1e-12)  # nearer to one, the sum of the masses rounds to less than the draw
    low, high = sorted((one, other))
    assert draws.binomial(trials, low, uniform) <= draws.binomial(trials, high, uniform)


def test_many_trials_keep_the_mean_and_the_spread():
    uniforms = np.random.default_rng(2).random(2000)
    found = np.array([draws.binomial(20_000, 0.1, uniform) for uniform in uniforms])
    # mean 2000, deviation sqrt(20000 x 0.1 x 0.9) = 42.4
    assert abs(found.mean() - 2000.0) < 4.0 * 42.4 / np.sqrt(2000)
    assert abs(found.std() / 42.4 - 1.0) < 0.08
