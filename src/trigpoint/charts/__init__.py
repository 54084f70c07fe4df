"""Charts: pure functions from plan values to a Vega-Lite specification with finding, alternative text and figures."""

from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.timeline import quarter_timeline
from trigpoint.charts.trajectory import drawable, small_multiples, trajectory_picture

__all__ = ["DataTable", "Picture", "drawable", "quarter_timeline", "small_multiples", "trajectory_picture"]
