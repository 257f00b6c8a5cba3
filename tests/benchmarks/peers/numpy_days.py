"""numpy's answers to the questions in a folder: busday_offset and busday_count, a whole array in one call.

    numpy_days.py FOLDER    # prints a line for each kind of question, as asked.hpp reads it
"""

import sys
import time

import numpy

RUNS = 9
PEER = f"numpy {numpy.__version__}, arrays"


def questions(kind):
    return numpy.fromfile(f"{sys.argv[1]}/{kind}", dtype=numpy.int64, sep=" ").reshape(-1, 2).T


def days(numbers):
    return numbers.astype("datetime64[D]")


def least_nanoseconds(run):
    """The least processor time of several runs: whatever else the computer does only ever adds to it."""

    def once():
        start = time.process_time_ns()
        run()
        return time.process_time_ns() - start

    return min(once() for _ in range(RUNS))


def report(kind, nanoseconds, answers):
    answers = answers.astype(numpy.int64)
    checksum = (answers * numpy.arange(1, len(answers) + 1)).sum()
    print(PEER, kind, nanoseconds, len(answers), checksum, sep="\t")


def report_each(kind, ask):
    answers = ask()
    report(kind, least_nanoseconds(ask) / len(answers), answers)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: numpy_days.py FOLDER")
    closed = days(questions("from_list")[0])
    calendar = numpy.busdaycalendar(holidays=closed)

    day, count = questions("add")
    day = days(day)
    report_each("add", lambda: numpy.busday_offset(day, count, roll="raise", busdaycal=calendar))
    for kind in ("count_90_days", "count_16_years"):
        first, last = map(days, questions(kind))
        report_each(kind, lambda: numpy.busday_count(first, last, busdaycal=calendar))

    made = 100
    spent = least_nanoseconds(lambda: [numpy.busdaycalendar(holidays=closed) for _ in range(made)])
    report("from_list", spent / made, calendar.holidays)


main()
