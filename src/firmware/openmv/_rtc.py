# RTC of pyb on the simulated clock; it begins at the start of 2015, as after a reset without a battery.
from _vhw import call, missing, native

_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_of(year, month):
    return 29 if month == 2 and _is_leap(year) else _MONTHS[month - 1]


def _seconds_at(year, month, day, hours, minutes, seconds):
    days = sum(366 if _is_leap(y) else 365 for y in range(2000, year))
    days += sum(_days_of(year, m) for m in range(1, month)) + day - 1
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _date_at(total):
    days, rest = divmod(total, 86400)
    weekday = (days + 5) % 7 + 1
    year = 2000
    while days >= (366 if _is_leap(year) else 365):
        days -= 366 if _is_leap(year) else 365
        year += 1
    month = 1
    while days >= _days_of(year, month):
        days -= _days_of(year, month)
        month += 1
    return year, month, days + 1, weekday, rest // 3600, rest // 60 % 60, rest % 60


class RTC:
    _offset = _seconds_at(2015, 1, 1, 0, 0, 0)

    @native
    def init(self):
        pass

    @native
    def datetime(self, *date):
        ms = call('clock_ms')
        if not date:
            return _date_at(RTC._offset + ms // 1000) + (255 - ms % 1000 * 256 // 1000,)
        year, month, day, _, hours, minutes, seconds, _ = date[0]
        RTC._offset = _seconds_at(year, month, day, hours, minutes, seconds) - ms // 1000

    @native
    def info(self):
        return 0

    def __getattr__(self, name):
        return missing('pyb.RTC', name)
