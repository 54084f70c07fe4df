"""Target series from one line, and the proof that a printed table follows it.

The forms of a rule, each with an example, and the rounding are in ``docs/trajectories.md``:

========================  ==============================================================
form                      reads
========================  ==============================================================
``explicit``              ``explicit(92%)``; ``explicit(2017/18: 91%; 2018/19: 92%)``
``step``                  ``step(+2pp a year from 58.4% in 2013/14)``
``linear``                ``linear to 92% by 2018/19 from 88% in 2016/17``
``compound``              ``compound(-2% a year from 24.2 in 2012-14)``
``reduce``/``increase``   ``reduce by 10% a year from 250 in 2016/17``
``share``                 ``share(3% of current smokers: 8,950)``
``cumulative share``      ``cumulative share(75% of 13,506 over 5 years from 2013/14)``
``per 1000``              ``per 1000(4 of adults: 52,750)``
``percent``               ``percent(1,615 of register: 5,817)``
``sum``, ``max``, ``min`` ``max(58% + 7pp; 65%)``
``total``                 ``total(explicit(211) over 2013/14 to 2017/18)``
``standard``              ``standard(rtt-18-weeks)``, the value given by the caller
``baseline``              ``max(baseline + 7pp; 65%)``, the value given by the caller
``… than``                ``higher than baseline``: a bound to be beaten
``in March``              ``in March(82%)``; ``year average(85%)``
``… then …``              ``explicit(2016/17: 20) then step(-1 a year from 22 in 2017/18)``
========================  ==============================================================

Values are exact; a printed digit is made once, half up, at the end. ``, rounded each year to 1 decimal`` inside
``step`` or ``compound`` rounds every step instead, as a plan does that starts each year from the printed figure.
"""

from trigpoint.measures.trajectories.grammar import parse_rule
from trigpoint.measures.trajectories.reproduction import CellCheck, Reproduction, SeriesCheck, compute, reproduce

__all__ = ["CellCheck", "Reproduction", "SeriesCheck", "compute", "parse_rule", "reproduce"]
