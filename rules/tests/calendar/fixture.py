"""Writes workdays.txt, what the independent PyPI package chinesecalendar says of each day.

pip install chinesecalendar==1.11.0 && python fixture.py > workdays.txt
One line a month: the month, then W for a working day and - for a day off, from the first on.
"""

import calendar
import datetime

import chinese_calendar

for year in range(2023, 2027):
    for month in range(1, 13):
        days = range(1, calendar.monthrange(year, month)[1] + 1)
        marks = ("W" if chinese_calendar.is_workday(datetime.date(year, month, day)) else "-" for day in days)
        print(f"{year}-{month:02} {''.join(marks)}")
