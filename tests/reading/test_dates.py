"""Dates in sentences of both languages, resolved by the report's own date."""

import pytest

from trasiego.reading.dates import find_dates
from trasiego.reading.document import Document
from trasiego.reading.parsing import parse


def dates(text, language="en", published="2021-03-02"):
    """Return the dates of a text whose report came out on Tuesday, March 2, 2021."""
    report = Document("report.txt", text, ((0, len(text)),), language, date=published)
    found = find_dates(report, parse(report))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    return [each.date for each in found]


ENGLISH = {
    "On February 11 they met.": ["2021-02-11"],
    "He came on Nov. 16-17, 2011.": ["2011-11-16/2011-11-17"],
    "It was April of 2010.": ["2010-04"],
    "PERU / 8 AUG 2012": ["2012-08-08"],
    "between 2008 and 2011": ["2008/2011"],
    "for fiscal years 2008-2011 and 2015-16": ["2008/2011", "2015/2016"],
    "in the mid-1990s": ["1990/1999"],
    "from May to July 2020": ["2020-05/2020-07"],
    "between October 2012 and March 2013": ["2012-10/2013-03"],
    "in the first quarter of 2020": ["2020-01/2020-03"],
    "since 2015, and on 2020-01-31": ["2015", "2020-01-31"],
    "on Monday": ["2021-03-01"],
    "last Tuesday": ["2021-02-23"],
    "yesterday and last week": ["2021-03-01", "2021-02-22/2021-02-28"],
    "last year, two years ago": ["2020", "2019"],
    "three months ago": ["2020-12"],
    "over the past three years": ["2018/2021"],
    "He will speak on April 14.": ["2021-04-14"],
    "He spoke on April 14.": ["2020-04-14"],
    "last December": ["2020-12"],
    "2000 people, $2010, 2015 kilos, 2,010 and 1950.5": [],
    "February 31 and 45 March": [],
}

SPANISH = {
    "el 20 de junio": ["2020-06-20"],
    "el pasado lunes": ["2021-03-01"],
    "desde 2015": ["2015"],
    "hace dos años": ["2019"],
    "del 3 al 5 de marzo de 2020": ["2020-03-03/2020-03-05"],
    "entre enero y marzo de 2020": ["2020-01/2020-03"],
    "en el primer semestre de 2019": ["2019-01/2019-06"],
    "la semana pasada y el año pasado": ["2021-02-22/2021-02-28", "2020"],
    "en febrero": ["2021-02"],
    "el 1 de enero del 2020": ["2020-01-01"],
    "12/03/2020": ["2020-03-12"],
    "los años 90": ["1990/1999"],
    "hace tres semanas": ["2021-02-08/2021-02-14"],
    "2.000 kilos y 2010 personas": [],
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items(), ids=list(ENGLISH))
def test_english(text, expected):
    assert dates(text) == expected


@pytest.mark.parametrize(("text", "expected"), SPANISH.items(), ids=list(SPANISH))
def test_spanish(text, expected):
    assert dates(text, "es") == expected


def test_without_the_reports_date_nothing_is_guessed():
    text = "On February 11, a Monday, and last week; in March, two years ago. In 2010."
    assert dates(text, published="") == ["--02-11", "2010"]
    assert dates("On Monday, last year", published="2021") == ["2020"]
    assert dates("el 20 de junio, el lunes, hace un mes", "es", published="") == ["--06-20"]
