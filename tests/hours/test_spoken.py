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


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("視貨況12/31再看", "視貨況十二月三十一日再看"),
        ("視貨況1/1再看", "視貨況一月一日再看"),
        ("視貨況13/1再看", "視貨況十三，一再看"),  # no date
        ("視貨況1/32再看", "視貨況一，三十二再看"),
        ("視貨況0/1再看", "視貨況零，一再看"),
        ("視貨況1/0再看", "視貨況一，零再看"),
        ("視貨況2點再看", "視貨況兩點再看"),
        ("視貨況12點再看", "視貨況十二點再看"),
        ("視貨況2:00再看", "視貨況兩點再看"),
        ("視貨況22:05再看", "視貨況二十二點五分再看"),
        ("視貨況100片", "視貨況一百片"),
        ("視貨況205片", "視貨況兩百零五片"),
        ("視貨況217片", "視貨況兩百一十七片"),
        ("視貨況220片", "視貨況兩百二十片"),
        ("視貨況999片", "視貨況九百九十九片"),
        ("視貨況1000片", "視貨況一零零零片"),  # digit by digit
        ("視貨況007", "視貨況零零七"),
        ("視貨況10片", "視貨況十片"),
        ("視貨況11片", "視貨況十一片"),
        ("視貨況0片", "視貨況零片"),
        ("W7視貨況", "週日視貨況"),
        ("09:0021:00視貨況", "九點到二十一點視貨況"),
        ("視", ""),  # no sentence
        ("視貨", "視貨"),
    ],
)
def test_numbers_are_spoken_as_words(note: str, said: str) -> None:
    """Dates only where there is such a day; numbers below a thousand, others digit by digit."""
    assert spoken(note) == said


@pytest.mark.parametrize(("signs", "spoken_at_all"), [(60, True), (61, False)])
def test_a_note_is_spoken_up_to_sixty_signs(signs: int, *, spoken_at_all: bool) -> None:
    """As much as a listener keeps."""
    assert (spoken("視" * signs) != "") == spoken_at_all


def test_ornaments_are_no_length_but_a_page_is_noise() -> None:
    """Four times what is said at most is looked at, to its end."""
    assert spoken("★" * 237 + "視貨況") == "視貨況"
    assert spoken("★" * 238 + "視貨況") == ""
