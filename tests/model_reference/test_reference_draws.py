"""The plain draws give the published words, and the fast ones give the same."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trasiego.model import draws as fast
from trasiego.model import noise
from trasiego.model.compiled import tight_kernel
from trasiego.model.reference.draws import binomial, philox_block, quantile, uniforms

ALL = 0xFFFFFFFF
# Known-answer vectors of Random123 (kat_vectors, philox4x32 with 10 rounds).
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ALL,) * 4, (ALL,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
word = st.integers(0, ALL)


@pytest.mark.parametrize("counter, key, words", KNOWN)
def test_known_answers(counter, key, words):
    assert philox_block(counter, key) == words
    assert tuple(int(found) for found in fast.philox(*counter, *key)) == words


@settings(deadline=None)
@given(st.tuples(word, word, word, word, word, word))
def test_fast_uniforms_are_the_plain_ones(words):
    seed, run, month, stream, entity, draw = words
    assert uniforms(*words) == fast.uniforms(month, entity, draw, stream, seed, run)


@settings(deadline=None)
@given(st.tuples(word, word, word, word), st.lists(st.tuples(word, word), min_size=1, max_size=20))
def test_many_uniforms_are_the_plain_ones(words, pairs):
    seed, run, month, stream = words
    entities, draws = np.array(pairs, dtype=np.int64).T.copy()
    first, second = np.zeros(len(pairs)), np.zeros(len(pairs))
    fast.many_uniforms(len(pairs), entities, draws, stream, (month, seed, run), first, second)
    plain = [uniforms(seed, run, month, stream, *pair) for pair in pairs]
    assert list(zip(first, second, strict=True)) == plain


@tight_kernel
def taken(words, entity, number):
    return noise.quantile(words, entity, number)


@settings(deadline=None)
@given(st.tuples(word, word, word, word), st.lists(word, min_size=1, max_size=20), st.integers(0, 40))
def test_fast_quantiles_are_the_plain_ones(words, entities, number):
    seed, run, month, stream = words
    found = np.zeros((12, len(entities)), dtype=np.uint64)
    noise.noise_words(len(entities), np.array(entities), stream, (month, seed, run), found)
    for at, entity in enumerate(entities):
        plain = quantile(seed, run, month, stream, entity, number)
        assert plain == (taken(found, at, number) + 0.5) / noise.QUANTILES


def test_uniforms_and_quantiles_are_distributed_as_they_should_be():
    pairs = np.array([uniforms(1, 2, 3, 4, entity, 5) for entity in range(4000)])
    assert stats.kstest(pairs.ravel(), "uniform").pvalue > 1e-3
    middles = np.array(
        [[quantile(1, 2, 3, 4, entity, number) for number in range(9)] for entity in range(1000)]
    )
    assert stats.kstest(middles.ravel(), "uniform").pvalue > 1e-3
    assert np.abs(np.corrcoef(middles.T) - np.eye(9)).max() < 0.13


def test_factors_have_the_distribution_that_they_say():
    normal, logistic = np.log(noise.lognormal_factors(0.7)), np.log(noise.logistic_factors(0.7))
    assert normal == pytest.approx(0.7 * stats.norm.ppf((np.arange(4096) + 0.5) / 4096), abs=1e-9)
    assert stats.kstest(logistic, stats.logistic(scale=0.7 * math.sqrt(3.0) / math.pi).cdf).statistic < 2e-4
    for factors in (normal, logistic):
        assert factors.mean() == pytest.approx(0.0, abs=1e-12)
        assert factors.std() == pytest.approx(0.7, rel=2e-3)


def hazard_of(probability):
    return math.inf if probability >= 1.0 else -math.log1p(-probability)


@settings(deadline=None)
@given(st.integers(1, 300), st.floats(0.0, 1.0), st.floats(0.0, 1.0, exclude_max=True))
def test_binomial_is_the_inverse_of_the_distribution(trials, probability, uniform):
    found = binomial(trials, probability, uniform)
    assert 0 <= found <= trials
    slack = 1e-9
    assert stats.binom.cdf(found, trials, probability) >= uniform - slack
    assert found == 0 or stats.binom.cdf(found - 1, trials, probability) < uniform + slack
    near = min(abs(stats.binom.cdf(found + step, trials, probability) - uniform) for step in (-1, 0))
    if near > slack and trials * hazard_of(probability) < 600.0:
        assert fast.binomial(trials, probability, uniform) == found


@given(st.floats(0.0, 0.999), st.floats(0.0, 0.001), st.floats(0.0, 1.0, exclude_max=True))
def test_binomial_rises_with_the_probability(probability, more, uniform):
    assert binomial(40, probability, uniform) <= binomial(40, probability + more, uniform)


@pytest.mark.parametrize(
    "trials, probability, uniform", [(246, 0.953125, 0.5), (300, 0.9, 0.999), (5000, 0.12, 0.999)]
)
def test_many_successes(trials, probability, uniform):
    expected = stats.binom.ppf(uniform, trials, probability)
    assert binomial(trials, probability, uniform) == expected
    assert fast.binomial(trials, probability, uniform) == expected


def test_many_trials():
    assert math.isclose(binomial(20000, 0.01, 0.5), 200, abs_tol=1)
    assert binomial(20000, 0.5, 0.999999) == stats.binom.ppf(0.999999, 20000, 0.5)
