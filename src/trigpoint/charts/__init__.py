"""Charts: pure functions from plan values to a Vega-Lite specification with finding, alternative text and figures.

The charts of measures (``spc``, ``course``, ``funnel``, ``ladder``, ``committee``, ``sparkline``, ``icons``) are
imported from their own modules, so that a paper without figures loads no arrays.
"""

from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.timeline import quarter_timeline
from trigpoint.charts.trajectory import drawable, small_multiples, trajectory_picture

__all__ = ["DataTable", "Picture", "drawable", "quarter_timeline", "small_multiples", "trajectory_picture"]
