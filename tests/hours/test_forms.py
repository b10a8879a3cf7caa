"""Forms in which notes are written, one of each kind: what a person reads in them.

A row that tells nothing is one of which a person would not dare to tell a time.
"""

from datetime import date

import pytest

from tests.hours.test_notes import told

DAYS = {
    "feast": date(2020, 2, 28),
    "Mon": date(2020, 3, 2),
    "Tue": date(2020, 3, 3),
    "Wed": date(2020, 3, 4),
    "Thu": date(2020, 3, 5),
    "Sat": date(2020, 3, 7),
    "Sun": date(2020, 3, 8),
    "next Sun": date(2020, 3, 15),
    "April": date(2020, 4, 7),
    "May": date(2020, 5, 5),
}

FORMS = """
口罩販售時間：9:00-12:00，15:00-18:00 | Tue: sold 09:00-18:00, break 12:00-15:00
口罩14:00-20:00 | Tue: sold 14:00-20:00
14:00-20:00售完為止 | Tue: sold 14:00-20:00
14:00-20:00 | Tue: unread
14:00-16:00 | Tue: sold 14:00-16:00
9:00-12:00販售口罩，12:00-14:00休息 | Tue: sold 09:00-12:00
口罩10:00-18:00販售，午休12:00-14:00 | Tue: sold 10:00-18:00, break 12:00-14:00
口罩9:00-18:00，12:00-13:00不販售 | Tue: sold 09:00-18:00, break 12:00-13:00
週日9:00-12:00販售口罩，14:00休息 | Sun: sold 09:00-12:00
9:00販售口罩，中午休息 | Tue: sold 09:00-
14:00起販售口罩至17:00 | Tue: sold 14:00-17:00
口罩8:30販售，晚間到9:00 | Tue: sold 08:30-21:00
8:00發號碼牌 立即販售口罩 | Tue: plates 08:00, sold 08:00-
8:00發放成人及兒童口罩號碼牌 | Tue: plates 08:00
8:00販售口罩(號碼牌請洽櫃台) | Tue: sold 08:00-
口罩8:30-11:50，14:30-17:00販售，晚上休息 | Tue: sold 08:30-17:00, break 11:50-14:30
口罩9:00-18:00販售，暫停販售：12:00-13:00 | Tue: sold 09:00-18:00, break 12:00-13:00
口罩週一至週六9:00販售，5月起週日不販售 | Sun: nothing | Tue: sold 09:00-
口罩週一至週六9:00販售，週日9:00起營業 | Sun: nothing | Tue: sold 09:00-
口罩週一~五1PM販售 | Tue: sold 13:00- | Sat: none today
口罩9:00販售，12:30-15:00午休，暫不販售口罩 | Tue: sold 09:00-, break 12:30-15:00
每日7:45發號碼牌，口罩週六日14:30販售 | Sat: plates 07:45, sold 14:30-
13:30發號碼牌，口罩9:00-12:00、14:00販售 | Tue: plates 13:30, sold 09:00-
18:00發號碼牌，口罩9:00-12:00、14:00販售 | Tue: nothing
平日每日9:00販售口罩 | Tue: sold 09:00- | Sat: nothing
口罩9:00販售，電話2345678 | Tue: sold 09:00-
口罩9:00販售，編號234567 | Tue: nothing
口罩8:30~11:30；15:00~20:30 | Tue: sold 08:30-20:30, break 11:30-15:00
3/2-3/3休息不販售口罩，平日9:00販售口罩 | Mon: none today | Tue: none today | Wed: sold 09:00-
3/1-3/31口罩9:00販售，週日公休 | Sun: none today | Tue: sold 09:00-
口罩(1)9:00發號碼牌(2)15:00販售 | Tue: plates 09:00, sold 15:00-
口罩9:00販售，午休12:00-18:00 | Tue: sold 09:00-, break 12:00-18:00
口罩9:00販售，午休12:00-19:00 | Tue: nothing
星期一至四，口罩每日9:00販售 | Tue: sold 09:00- | Sat: none today
口罩14:00販售，營業時間9:00-21:00 | Tue: sold 14:00-
8:00、18:00發號碼牌，口罩9:00-12:00、14:00販售 | Tue: plates 08:00, sold 09:00-
口罩9-9販售 | Tue: nothing
營業時間8-23，口罩9:00販售 | Tue: sold 09:00-
營業時間8-24，口罩9:00販售 | Tue: sold 09:00-
口罩9:00販售(另2/19-20、27-28休息) | feast: nothing
口罩販售時間：上午9:30開始發號碼牌，至下午6:00截止 | Tue: plates 09:30
晚上7-9販售口罩 | Tue: sold 19:00-21:00
早上8-晚上10販售口罩 | Tue: sold 08:00-22:00
口罩08-09販售 | Tue: sold 08:00-09:00
口罩8-9販售 | Tue: nothing
販售時間！09:00~17:00 | Tue: sold 09:00-17:00
8:00發號碼牌，9:30發號碼牌，口罩10:00販售 | Tue: plates 08:00, sold 10:00-
口罩9:00販售，賣到12點 | Tue: sold 09:00-12:00
口罩9:00販售，週日賣到12點 | Tue: sold 09:00- | Sun: sold 09:00-12:00
號碼牌於早上7:30發放，9:00販售口罩 | Tue: plates 07:30, sold 09:00-
早上7:20發號碼牌，7:30販售口罩 | Tue: plates 07:20, sold 07:30-
早上7:20發號碼牌，晚上7:30販售口罩 | Tue: plates 07:20, sold 19:30-
8:00發號碼牌並依序販售口罩 | Tue: plates 08:00, sold 08:00-
口罩9:00開始發放號碼牌，15:00發放口罩 | Tue: plates 09:00, sold 15:00-
口罩每日9:00發號碼牌，10:00-12:00領取 | Tue: plates 09:00, sold 10:00-12:00
口罩代售：9:00，發號碼牌 | Tue: plates 09:00
下午、晚上2:30-9:00販售口罩 | Tue: nothing
下午時段1:30販售口罩 | Tue: sold 13:30-
營業時間9:00-21:00，口罩14:00販售 | Tue: sold 14:00-
口罩9:00販售，酒精10:00販售 | Tue: sold 09:00-
口罩販售：週一15:00-18:00(營業時間) | Mon: sold 15:00-18:00 | Tue: nothing
口罩14:00販售(週六10:00) | Tue: sold 14:00- | Sat: sold 10:00-
口罩14:00-17:00販售(一~五) | Wed: sold 14:00-17:00
星期一到五14:00 六10:00販售口罩 | Tue: sold 14:00- | Sat: sold 10:00-
週六、日9:00販售口罩，平日15:00販售 | Tue: sold 15:00- | Sat: sold 09:00-
平日9:00販售口罩，假日10:00販售 | Tue: sold 09:00- | Sun: sold 10:00- | feast: sold 10:00-
週一至週五15:00~17:00 週六10:00~12:00販售口罩 | Tue: sold 15:00-17:00 | Sat: sold 10:00-12:00
營業日9:00販售口罩 | Tue: sold 09:00- | feast: nothing | Sun: nothing
口罩06:30販售 | Tue: sold 06:30-
口罩9:00販售，例休週日 | Tue: nothing
星期一至四。每日9:00販售口罩 | Tue: sold 09:00- | Sat: nothing
週一、三、五9:00販售口罩 | Mon: sold 09:00- | Tue: none today | Wed: sold 09:00-
週一至週五9:00販售口罩，週三14:00販售 | Tue: sold 09:00- | Wed: nothing
週一至週六8:30販售口罩，例假日休 | Tue: sold 08:30- | Sun: none today
週一~週六9:00販售口罩(週四下午休息) | Tue: sold 09:00- | Thu: sold 09:00-
週一公休，口罩9:00販售 | Mon: none today | Tue: sold 09:00-
國定假日公休，口罩9:00販售 | feast: none today | Tue: sold 09:00-
2/28公休，口罩9:00販售 | feast: none today | Tue: sold 09:00-
除3/8不販售外，每日9:00販售口罩 | Sun: none today | Tue: sold 09:00-
除週日外，9:00販售口罩 | Tue: sold 09:00- | Sun: nothing
週日不販售，3/8有販售口罩9:00 | Sun: sold 09:00- | next Sun: none today
週日不販售，3/8有販售口罩 | Sun: sold | Tue: nothing
隔週日公休，9:00販售口罩 | Sun: nothing
奇數週日9:00販售口罩 | Sun: nothing
週六下午公休，15:00販售口罩 | Tue: sold 15:00- | Sat: nothing
週日晚上公休，口罩19:00販售 | Tue: sold 19:00- | Sun: nothing
15:00販售口罩，下午不賣 | Tue: nothing
17:00販售口罩，下午不賣 | Tue: nothing
17:30販售口罩，下午不賣 | Tue: sold 17:30-
如有剩餘，星期日9:00販售口罩 | Sun: nothing
515 522無販售，9:00販售口罩 | Tue: nothing
口罩9:00販售至18:30(21:00) | Tue: sold 09:00-
口罩停售一天 | Tue: nothing
口罩停售3天 | Tue: nothing
週休二日，口罩9:00販售 | Sat: none today | Sun: none today | Mon: sold 09:00-
口罩6-12販售 | Tue: sold 06:00-12:00
下午08-10販售口罩 | Tue: nothing
營業日8:30開始，12點到1點半休息 | Tue: sold 08:30-, break 12:00-13:30
營業時間8:00至24:00（口罩11:00販售） | Tue: sold 11:00-
109年1/1上午，109年1/2上午 | Tue: nothing
21/22休 | Tue: nothing
每日9:00發號碼牌，10:00販售口罩，週六8:00發號碼牌，11:00販售口罩 | Sat: plates 08:00, sold 11:00-
每天7:30販售口罩，週日須視配送 | Sun: nothing | Sat: sold 07:30-
快篩早上8:00販售，週日公休不販售 | Sun: none today
即日起停止販售口罩 | Tue: none today, stopped
3/9起停止販售口罩，9:00販售 | Tue: sold 09:00- | April: none today, stopped
4/30前9:00販售口罩 | Tue: sold 09:00- | May: nothing
酒精9:00販售 | Tue: unread
口罩15:00電詢 | Tue: unread
口罩15:00後電詢 | Tue: unread
口罩不定時販售 | Tue: unread
每日販賣時間不一定，最快9:30 | Tue: unread
"""


def _rows() -> list[tuple[str, str, str]]:
    """Note, day, what is told."""
    rows = []
    for line in filter(None, FORMS.splitlines()):
        note, *days = line.split(" | ")
        for said in days:
            day, _, wanted = said.partition(": ")
            rows.append((note, day, wanted))
    return rows


@pytest.mark.parametrize(("note", "day", "wanted"), _rows())
def test_a_form_is_read_as_a_person_reads_it(note: str, day: str, wanted: str) -> None:
    """Each form on each kind of day that it speaks of."""
    found = told(note, DAYS[day])
    assert (found if isinstance(found, str) else ", ".join(found)) == wanted
