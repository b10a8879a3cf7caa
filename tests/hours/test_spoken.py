"""A note that could not be read is read aloud as a person reads it, or left out as noise."""

import pytest

from shared.hours.spoken import spoken


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("視貨況，0900-1130開賣", "視貨況，九點到十一點三十分開賣"),
        ("視貨況1430開賣", "視貨況十四點三十分開賣"),
        ("AM9:00視貨況，PM2:00再看", "早上九點視貨況，下午兩點再看"),
        ("9:00am視貨況", "早上九點視貨況"),
        ("W1-W5視貨況", "週一到週五視貨況"),
        ("早上9.30視貨況", "早上九點三十分視貨況"),
        ("視貨況下午2-4點", "視貨況下午兩點到四點"),
        ("109年3月起視貨況", "一零九年三月起視貨況"),
        ("防疫口罩-早上視貨況", "防疫口罩，早上視貨況"),
        ("視貨況<早上九點", "視貨況，早上九點"),
        ("視貨況#早上九點 {", "視貨況，早上九點"),
        ("電話02-27653147洽詢", "電話零二，二七六五三一四七洽詢"),
        ("限量200份視貨況", "限量兩百份視貨況"),
        ("<b>視貨況</b>", ""),
        ("https://example.tw 視貨況", ""),
    ],
)
def test_a_note_is_spoken_as_a_person_reads_it(note: str, said: str) -> None:
    """Military times, am and pm, W1, dots, ROC years, a range with one 點, stray signs."""
    assert spoken(note) == said
