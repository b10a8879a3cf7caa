"""Telephone numbers for the ear and for the eye."""

from shared.numbers import say_digits
from shared.places.telephone_numbers import area_codes

_FREEPHONE = "0800"


def phone_groups(number: str) -> tuple[str, ...]:
    """A national number in its groups: area code, then 4-4 or 3-4; mobiles 4-3-3.

    >>> phone_groups("0227653147"), phone_groups("073123456"), phone_groups("0912345678")
    (('02', '2765', '3147'), ('07', '312', '3456'), ('0912', '345', '678'))
    >>> phone_groups("1922")
    ('1922',)
    """
    if len(number) <= 5:
        return (number,)
    if number.startswith(("09", _FREEPHONE)):
        return number[:4], number[4:7], number[7:]
    code = next((code for code in area_codes() if number.startswith(code)), "")
    local = number[len(code) :]
    groups = (local,) if len(local) <= 4 else (local[:-4], local[-4:])
    return (code, *groups) if code else groups


def say_phone(number: str) -> str:
    """Digit by digit with a pause between the groups; 一 for 1.

    >>> say_phone("0227653147")
    '零二，二七六五，三一四七'
    """
    return "，".join(say_digits(group) for group in phone_groups(number))


def spaced(digits: str) -> str:
    """One by one, for voices that read digits.

    >>> spaced("106")
    '1 0 6'
    """
    return " ".join(digits)


def write_phone(number: str) -> str:
    """For the eye.

    >>> write_phone("0227653147"), write_phone("1922")
    ('02-2765-3147', '1922')
    """
    return "-".join(phone_groups(number))
