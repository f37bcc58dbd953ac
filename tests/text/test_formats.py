"""Numbers, shares and dates as each language writes them. ~ stands for a no-break space."""

import pytest

from ipsdash.tables.faults import Fault
from ipsdash.text import formats
from ipsdash.text.credits import credit
from ipsdash.text.faults import lines
from ipsdash.text.words import Words
from tests.domain.worlds import drawn


@pytest.mark.parametrize(("value", "decimals", "nb", "en"), [
    (0, 0, "0", "0"), (45, 0, "45", "45"), (2019, 0, "2019", "2,019"), (7852, 0, "7852", "7,852"), (33961, 0, "33~961", "33,961"),
    (296234, 0, "296~234", "296,234"), (1234567, 0, "1~234~567", "1,234,567"), (12.54, 1, "12,5", "12.5"), (1.667, 2, "1,67", "1.67"),
    (-3, 0, "\u22123", "\u22123"), (-0.04, 1, "0,0", "0.0"), (-12345.6, 1, "\u221212~345,6", "\u221212,345.6"),
])  # fmt: skip
def test_numbers(value, decimals, nb, en):
    assert formats.number(value, "nb", decimals) == nb.replace("~", "\u00a0")
    assert formats.number(value, "en", decimals) == en


@pytest.mark.parametrize(("value", "decimals", "nb", "en"), [(0.125, 1, "12,5~%", "12.5%"), (0.95, 0, "95~%", "95%"), (1 / 12, 0, "8~%", "8%")])
def test_shares(value, decimals, nb, en):
    assert formats.share(value, "nb", decimals) == nb.replace("~", "\u00a0")
    assert formats.share(value, "en", decimals) == en


@pytest.mark.parametrize(("value", "nb", "en"), [
    ("2019-04-12", "12.~april 2019", "12~April 2019"), ("2019-04", "april 2019", "April 2019"), ("2012", "2012", "2012"),
    ("2022-05-01", "1.~mai 2022", "1~May 2022"), ("2022-12-31", "31.~desember 2022", "31~December 2022"),
])  # fmt: skip
def test_dates_say_as_much_as_is_known(value, nb, en):
    assert formats.date(value, "nb") == nb.replace("~", "\u00a0")
    assert formats.date(value, "en") == en.replace("~", "\u00a0")


def test_a_period_has_a_dash():
    assert formats.period("2020-2024") == "2020\u20132024"


class Sentence(Words):
    """Words with one sentence made up for the test."""

    def __init__(self, lang: str, sentence: str):
        super().__init__(lang)
        self.sentences = {**self.sentences, "test": sentence}


@pytest.mark.parametrize(("sentence", "nb", "en"), [
    ("{x:n}", "1235", "1,235"), ("{x:n1}", "1234,6", "1,234.6"), ("{x}", "1234.56", "1234.56"), ("{s:p}", "46~%", "46%"),
    ("{s:p1}", "45,6~%", "45.6%"), ("{d:d}", "april 2017", "April 2017"), ("{d:D}", "April 2017", "April 2017"),
    ("{one:#sted|steder}", "1~sted", "1~sted"), ("{two:#sted|steder}", "2~steder", "2~steder"),
    ("{two:w#sted|steder}", "to~steder", "two~steder"), ("{none:w#sted|steder}", "null~steder", "no~steder"),
    ("{x:w#sted|steder}", "1235~steder", "1,235~steder"),
])  # fmt: skip
def test_a_sentence_says_how_its_values_are_written(sentence, nb, en):
    values = {"x": 1234.56, "s": 0.456, "d": "2017-04", "one": 1, "two": 2, "none": 0}
    assert Sentence("nb", sentence)("test", **values) == nb.replace("~", "\u00a0")
    assert Sentence("en", sentence)("test", **values) == en.replace("~", "\u00a0")


def test_lists():
    assert Words("nb").listed(["a", "b", "c"]) == "a, b og c"
    assert Words("en").listed(["a", "b"]) == "a and b"
    assert Words("nb").listed(["a"]) == "a"
    assert Words("nb").listed([]) == ""


def test_a_lower_bound_is_said():
    assert Words("nb").bounded(3, "at_least") == "minst 3"
    assert Words("en").bounded(3, "exact") == "3"


def test_a_language_that_is_not_there_raises():
    with pytest.raises(ValueError):
        Words("se")


REGISTER = drawn("""source|status|publisher|published|title_nb|title_en
a|primary|NAPHA / Helsedirektoratet|2019-04-12|T|T
b|primary|SSB||T|T
j|judgement||||
n|primary||2020|Tittel|Title
""")


def test_the_line_below_a_chart_names_each_source_once_and_the_quality():
    assert credit(Words("nb"), REGISTER, "a b a", "reported") == "Kilde: NAPHA (2019) og SSB. Kvalitet: rapportert."
    assert credit(Words("en"), REGISTER, "a j n", "modelled") == "Source: NAPHA (2019), our judgement and Title. Quality: modelled."


def test_a_source_that_is_not_in_the_register_raises():
    with pytest.raises(KeyError):
        credit(Words("nb"), REGISTER, "rumour", "reported")


def test_a_fault_is_a_line_with_file_row_column_value_rule_and_cure():
    fault = Fault("tables/observations.csv", 5, "value", "fem", "not_a_number", "write_number")
    assert lines(Words("en"), [fault]) == [("tables/observations.csv", "5", "value", "fem", "This is not a number.", Words("en")("fault.cure.write_number"))]


def test_a_fault_of_a_whole_file_has_no_row():
    fault = Fault("tables/goals.csv", None, None, None, "missing_file", "add_file")
    assert lines(Words("nb"), [fault])[0][1:4] == ("", "", "")


@pytest.mark.parametrize("lang, one, many", [("nb", "1 sekund.", "2 sekunder."), ("en", "1 second.", "2 seconds.")])
@pytest.mark.parametrize("key", ["publish.wait", "check.too_late"])
def test_one_second_is_said_in_the_singular(lang, one, many, key):
    said = [Words(lang)(key, seconds=seconds).replace("\u00a0", " ") for seconds in (1, 2)]
    assert one in said[0] and many in said[1]
