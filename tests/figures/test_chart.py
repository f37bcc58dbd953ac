"""A chart cannot be made without what makes it honest."""

import pandas as pd
import pytest

from ipsdash.figures.chart import Column, Table
from tests.figures.every_mark import chart


@pytest.mark.parametrize("part", ["name", "title", "alternative", "sources", "quality", "credit", "marks"])
def test_a_chart_without_a_required_part_is_refused_by_the_name_of_the_part(part):
    with pytest.raises(ValueError, match=f"a chart without {part}"):
        chart(**{part: () if part in ("sources", "marks") else ""})


@pytest.mark.parametrize("part", ["title", "alternative", "table", "sources", "quality", "credit"])
def test_a_required_part_has_no_default(part):
    contents = {name: getattr(chart(), name) for name in chart().__dataclass_fields__ if name != part}
    with pytest.raises(TypeError, match=part):
        type(chart())(**contents)


def test_a_chart_without_numbers_is_refused():
    with pytest.raises(ValueError, match="without numbers"):
        chart(table=Table(pd.DataFrame({"value": []}), (Column("value", "Antall"),)))


def test_a_chart_of_unknown_quality_is_refused():
    with pytest.raises(ValueError, match="no such quality: guessed"):
        chart(quality="guessed")


def test_a_table_whose_column_is_not_in_the_frame_is_refused():
    with pytest.raises(ValueError, match="fte"):
        Table(pd.DataFrame({"value": [1]}), (Column("fte", "Årsverk"),))


def test_a_chart_with_all_parts_is_made():
    assert chart().title == "Fem & <fler>"
