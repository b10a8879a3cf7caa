"""Feed files as tests want them: small ones made here, the real one where it lies."""

from collections.abc import Iterable

MASK_TITLES = (
    "醫事機構代碼,醫事機構名稱,醫事機構地址,醫事機構電話,成人口罩剩餘數,兒童口罩剩餘數,來源資料時間"
)
TEST_TITLES = (
    "醫事機構代碼,醫事機構名稱,醫事機構地址,經度,緯度,醫事機構電話,廠牌項目,"
    "快篩試劑截至目前結餘存貨數量,來源資料時間,備註"
)
TIME = "2020/03/03 11:23:40"


def mask_row(
    number: int = 1,
    *,
    identity: str = "",
    name: str = "和安藥局",
    address: str = "台北市大安區辛亥路３段１５號",
    phone: str = "(02)27390997",
    adult: str | int = 36,
    child: str | int = 12,
    time: str = TIME,
) -> str:
    """A line of the mask file."""
    identity = identity or f"590102{number:04d}"
    return f"{identity},{name},{address},{phone},{adult},{child},{time}"


def brand_row(brand: str, left: str | int, *, identity: str = "5901020001") -> str:
    """A line of the rapid-test file."""
    place = "台北市大安區辛亥路３段１５號,121.544299,25.021574"
    return f"{identity},和安藥局,{place},(02)27390997,{brand},{left},2022/05/02 09:00:00,"


def masks(rows: Iterable[str], titles: str = MASK_TITLES) -> bytes:
    """A mask file of these lines."""
    return ("\n".join([titles, *rows]) + "\n").encode()


def many(count: int, *, adult: int = 30, time: str = TIME) -> bytes:
    """A mask file of `count` pharmacies."""
    return masks(mask_row(number, adult=adult, time=time) for number in range(count))
