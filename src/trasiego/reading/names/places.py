"""Places: names of the gazetteer where they can be meant, and localities that no list knows."""

from __future__ import annotations

from trasiego.reading.names.draft import Draft
from trasiego.reading.names.gazetteer import LARGE_TOWN, Place, gazetteer
from trasiego.reading.names.institutions import chain_end
from trasiego.reading.names.lexicon import ARTICLES, is_common, word_set

LETTERS = frozenset({"us", "u.s.", "uk", "u.k.", "eu"})
LOCAL_LABELS = frozenset({"GPE", "LOC", "FAC"})


def take_long_places(draft: Draft) -> None:
    """Take places of several words, before persons are looked for."""
    _take_listed(draft, 2)


def take_places(draft: Draft) -> None:
    """Take places of one word or more, then localities that their surroundings tell."""
    _take_unlisted(draft, 2)
    for _round in range(2):
        _take_listed(draft, 1)
        _take_unlisted(draft, 1)
    _take_repeats(draft)


def _take_listed(draft: Draft, least: int) -> None:
    words, places = draft.words, gazetteer()
    starts = draft.lexicon.place_parts | ARTICLES
    index = 0
    while index < len(words):
        word = words[index]
        may_start = draft.owner[index] is None and (word.capital or word.folded in starts)
        longest = places.longest(word.folded) if may_start else 0
        taken = 0
        for length in range(min(longest, len(words) - index), least - 1, -1):
            last = index + length
            named = draft.free(index, last) and places.of_words(draft.key(index, last))
            if (
                named
                and _fits(draft, index, last)
                and not (least > 1 and _inside_longer(draft, index, last, strict=True))
            ):
                begin = _begin(draft, index)
                draft.take(begin, last, "place", "list")
                taken = length
                break
        index += taken or 1


def in_place_list(draft: Draft, first: int) -> bool:
    """Tell whether a name stands after "municipios de", alone or further on in the list."""
    words = draft.words
    before = list(draft.window(first, 2))
    if len(before) > 1 and before[0] in ("de", "of") and before[1] in draft.lexicon.place_nouns:
        return words[first - 2].folded not in (
            "capital",
            "estado",
            "costa",
            "frontera",
            "border",
            "coast",
            "state",
        )
    index = first - 1
    while index > 0 and first - index < 25 and words[index + 1].gap in (" ", ", ", "\u00a0"):
        word = words[index]
        if word.folded in ("de", "of") and words[index - 1].folded in word_set("plural_places"):
            return True
        if not (word.capital or word.folded in ("de", "del", "la", "el", "los", "y", "e", "and")):
            return False
        index -= 1
    return False


def _begin(draft: Draft, first: int) -> int:
    """Return the start of a listed name without an article or "puerto de" in small letters before it."""
    words = draft.words
    while words[first].folded in ("puerto", "port", "ciudad", "de", "of", "the") or (
        words[first].folded in ARTICLES and not words[first].capital
    ):
        if words[first].capital and words[first].folded != "the":
            break
        first += 1
    return first


def _fits(draft: Draft, first: int, last: int) -> bool:
    words, known = draft.words, draft.lexicon
    if not words[last - 1].capital or not (
        words[first].capital or (last - first > 1 and words[first].folded in known.place_parts | ARTICLES)
    ):
        return False
    if draft.text[words[last - 1].end : words[last - 1].end + 1] == "$":
        return False
    if not all(
        draft.follows(each) or (last - first > 3 and words[each].gap == ", ")
        for each in range(first + 1, last)
    ):
        return False
    if draft.language == "en" and words[first].folded in LETTERS and _adjective(draft, last):
        return False
    if last - first == 1 and len(words[first].text) < 3 and not words[first].acronym:
        return False
    if words[first].folded in ("us", "uk", "eu", "uae", "drc", "dr") and not words[first].acronym:
        return False
    if first and words[first - 1].folded == "gulf" and words[first - 1].capital:
        return False
    if _inside_longer(draft, first, last) or _is_nickname(draft, first, last):
        return False
    readings = gazetteer().of_words(draft.key(first, last))
    after = draft.owner[last] if last < len(words) and words[last].gap == " " else None
    if draft.language == "en" and words[first].acronym and after is not None and after.type == "agency":
        return False
    if any(place.kind == "sea" for place in readings) and _describes(draft, last):
        return False
    if last - first > 1 and words[first].folded in ARTICLES and not words[first].capital:
        return any(place.plain for place in readings)
    if last - first > 1:
        given = words[first].folded in known.given and words[first].folded not in known.place_parts
        return any(place.plain for place in readings) or not given or has_cue(draft, first, last)
    if any(place.plain for place in readings):
        plain = readings[0].kind in ("country", "continent") or not _doubtful(draft, first, division=True)
        return plain or has_cue(draft, first, last)
    return not _doubtful(draft, first, division=False) or has_cue(draft, first, last)


def _adjective(draft: Draft, last: int) -> bool:
    """Tell "US authorities": letters of a country that only describe the word after them."""
    words = draft.words
    if last >= len(words) or words[last].gap not in (" ", "-", "\u00a0"):
        return False
    return words[last].folded not in word_set("function_words") and words[last].folded != "'s"


def _is_nickname(draft: Draft, first: int, last: int) -> bool:
    """Tell a quoted name between the parts of a person's name."""
    return (
        first > 0
        and draft.quoted(first, last)
        and draft.words[first - 1].capital
        and draft.words[first].gap[:1] == " "
    )


def _describes(draft: Draft, last: int) -> bool:
    """Tell "Pacific provinces", "Caribbean coast": a sea that only describes what follows."""
    words = draft.words
    if draft.language != "en" or last >= len(words) or words[last].gap != " " or words[last].capital:
        return False
    return words[last].folded in draft.lexicon.place_nouns or words[last].folded in (
        "basin",
        "waters",
        "corridor",
        "side",
        "route",
        "routes",
        "ports",
        "provinces",
        "shore",
        "shores",
    )


def _inside_longer(draft: Draft, first: int, last: int, strict: bool = False) -> bool:
    """Tell whether free capitalised words beside a name make it part of a longer one."""
    words, known = draft.words, draft.lexicon
    if (
        last < len(words)
        and draft.owner[last] is None
        and words[last].capital
        and words[last].gap == " "
        and not words[last].first
    ):
        folded = words[last].folded
        if folded not in known.titles and folded not in known.stop and folded not in known.heads:
            if last - first == 1 or strict:
                return True
    if first and draft.owner[first - 1] is None and words[first - 1].capital and words[first].gap == " ":
        before = words[first - 1]
        explained = (
            (
                before.first
                and (draft.common(first - 1) or before.folded in known.stop)
                and before.folded not in known.given
            )
            or before.folded in known.demonyms
            or before.folded in known.titles
            or before.folded in ("port", "ciudad", "provincia", "departamento")
        )
        return (last - first == 1 or strict) and not explained
    return False


def _doubtful(draft: Draft, index: int, division: bool) -> bool:
    """Tell whether a word is a name of persons or an ordinary word as well as a place."""
    word, known = draft.words[index], draft.lexicon
    person = word.folded in known.given or word.folded in known.family
    ordinary = is_common(word.text, "en") or is_common(word.text, "es") or word.folded in known.heads
    if division and (draft.text[word.end : word.end + 2] == " (" or word.acronym):
        return False
    if division:
        return word.first and ordinary and draft.label(index, index + 1) not in LOCAL_LABELS
    return person or ordinary or word.folded in known.stop or len(word.text) < 4


def has_cue(draft: Draft, first: int, last: int) -> bool:
    """Tell whether something beside a name says that a place is meant."""
    words, known = draft.words, draft.lexicon
    before = list(draft.window(first, 3))
    if len(before) > 1 and before[0] in ("en", "in") and before[1] in known.titles:
        return False
    if before and before[0] in known.before_places and words[first].gap in (" ", "\n"):
        return words[first].folded not in known.stop
    if before and before[0] in known.place_nouns | known.verbs_of_place and words[first].gap == " ":
        return True
    if len(before) > 1 and before[0] in ("of", "de", "del") and before[1] in known.place_nouns:
        return True
    if in_place_list(draft, first):
        return True
    if len(before) > 1 and before[0] in ("on", "with") and before[1] in ("borders", "bordering", "border"):
        return True
    if len(before) > 1 and before[0] in ("for", "a") and before[1] in word_set("headed"):
        return True
    if len(before) > 1 and before[0] in ARTICLES and before[1] in known.before_places:
        return True
    if (
        last < len(words)
        and words[last].folded in known.place_nouns
        and words[last].gap == " "
        and not words[last].capital
    ):
        return True
    return _beside_place(draft, first, last)


def _beside_place(draft: Draft, first: int, last: int) -> bool:
    """Tell whether a name stands in a list of places, or before the place that it lies in."""
    words = draft.words
    joints = ("and", "y", "e", "or", "o")
    if first:
        step = first - 1 if words[first - 1].folded in joints and not words[first - 1].capital else None
        gap = words[first].gap if step is None else " "
        owner = draft.owner[first - 1 if step is None else step - 1] if (step is None or step > 0) else None
        if (
            owner is not None
            and owner.type == "place"
            and gap in (", ", "; ", " ", "-", "–", ",")
            and (step is not None or gap != " ")
        ):
            return True
    if last < len(words):
        if words[last].gap in (", ", " (") and not words[last].first:
            owner = draft.owner[last]
            if owner is not None and owner.type == "place":
                return True
            readings = gazetteer().of_words((words[last].folded,)) if words[last].capital else []
            return (
                bool(readings)
                and readings[0].kind in ("country", "division")
                and not draft.lexicon.given & {words[last].folded}
            )
    return False


def _take_unlisted(draft: Draft, least: int) -> None:
    words = draft.words
    index = 0
    while index < len(words):
        if draft.owner[index] is not None or not words[index].capital:
            index += 1
            continue
        last = _without_place_at_end(draft, index, chain_end(draft, index))
        whole_before = (
            index and words[index - 1].capital and draft.follows(index) and draft.owner[index - 1] is None
        )
        if draft.language == "en" and _names_prison(draft, index, last):
            draft.take(index, last + 1, "place", "cue")
        elif not whole_before and least <= last - index <= 4 and _is_locality(draft, index, last):
            draft.take(index, last, "place", "cue")
        index = last


def _names_prison(draft: Draft, first: int, last: int) -> bool:
    """Tell "La Joyita prison": unlisted words before a word for a prison."""
    words = draft.words
    if last >= len(words) or words[last].folded not in word_set("prisons") or not draft.follows(last):
        return False
    key = draft.key(first, last)
    return not words[first].first and not gazetteer().of_words(key) and key[0] not in draft.lexicon.demonyms


def _without_place_at_end(draft: Draft, first: int, last: int) -> int:
    """Return the end of "Haverstraw New York" before the country, division or large town that closes it."""
    for cut in range(first + 1, last if draft.language == "en" else 0):
        readings = gazetteer().of_words(draft.key(cut, last))
        if (
            readings
            and readings[0].kind in ("country", "division")
            or any(_is_state(each) for each in readings)
        ):
            return cut if draft.words[cut - 1].capital else last
    return last


def _is_state(place: Place) -> bool:
    return place.kind == "town" and place.population >= LARGE_TOWN


def _is_locality(draft: Draft, first: int, last: int) -> bool:
    """Tell whether free capitalised words name a place that no list knows."""
    words, known = draft.words, draft.lexicon
    key = draft.key(first, last)
    if draft.language == "es" and key[0] in known.titles and len(key) > 1 and _before(draft, first) == "en":
        return True
    if (
        key[0] in word_set("directions")
        and len(key) > 1
        and gazetteer().of_words(key[1:])
        and not words[first].first
    ):
        return True
    if _is_no_place(draft, first, last, key):
        return False
    parts = len(key) > 1 and (key[0] in known.place_parts or key[-1] in known.place_parts)
    if parts and not (words[first].first and draft.common(first) and key[0] not in known.place_parts):
        return True
    ordinary = len(key) == 1 and (is_common(words[first].text, "en") or draft.common(first))
    if ordinary and draft.label(first, last) not in LOCAL_LABELS:
        return False
    follows = words[last].folded if last < len(words) and draft.follows(last) else ""
    if follows in ("'s", "gang", "cartel", "said", "told", "case", "scandal"):
        return False
    return _dateline(draft, first, last) or (has_cue(draft, first, last) and not words[first].first)


def _before(draft: Draft, first: int) -> str:
    return next(iter(draft.window(first, 1)), "")


def _is_no_place(draft: Draft, first: int, last: int, key: tuple[str, ...]) -> bool:
    """Tell whether words are listed as something else, look like a person, or are letters and figures."""
    words, known = draft.words, draft.lexicon
    own = key[0] in known.place_parts and len(key) > 1
    if len(key) > 1 and not own and key[-1] in known.family and _before(draft, first) in ("to", "with", "by"):
        return True
    hyphen = any(words[each].gap in ("-", "–") for each in range(first + 1, last))
    if gazetteer().of_words(key) or (hyphen and gazetteer().of_words(key[:1])):
        return True
    allowed = known.titles | word_set("directions") if own else frozenset()
    if len(key) > 1:
        allowed = allowed | ARTICLES
    bad = known.stop | known.demonyms.keys() | known.titles
    if " ".join(key) in known.demonyms or any(word in bad - allowed for word in key[own:]):
        return True
    if known.heads.get(key[0]) or known.heads.get(key[-1]) or key[0] in ("los", "las", "el"):
        return True
    return any(word.acronym or any(sign.isdigit() for sign in word.text) for word in words[first:last])


def _dateline(draft: Draft, first: int, last: int) -> bool:
    """Tell "Town, District." at the start of a paragraph: a sentence of places alone."""
    words = draft.words
    if "\n\n" not in words[first].gap or words[first].heading:
        return False
    index = last
    while index < len(words) and words[index].capital and not words[index].first:
        if words[index].gap not in (", ", " "):
            return False
        index += 1
    return index < len(words) and index > last and words[index].gap.startswith(".")


def _take_repeats(draft: Draft) -> None:
    """Take the further occurrences of localities that were told by their surroundings."""
    words = draft.words
    found = {
        draft.key(span.first, span.last)
        for span in draft.spans
        if span.type == "place" and (span.witnesses & {"cue"} or span.last - span.first == 1)
    }
    for index in range(len(words)):
        for length in (4, 3, 2, 1):
            last = index + length
            if (
                last <= len(words)
                and words[index].capital
                and draft.free(index, last)
                and draft.key(index, last) in found
            ):
                if not _inside_longer(draft, index, last) and words[last - 1].capital:
                    draft.take(index, last, "place", "repeat")
                    break
