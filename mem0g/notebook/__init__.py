"""Facts as tables and pictures: what a notebook shows when a cell ends with one of them.

```python
from mem0g.notebook import draw_two_times, draw_valid_time, table

table(memory.facts(user_id="alice"))
draw_valid_time(memory.timeline("Alice", user_id="alice"))
draw_two_times(memory.timeline("Alice", user_id="alice", predicate="lives_in"))
```

A picture is a matplotlib figure: outside a notebook, `picture.savefig("alice.png")` writes it. Importing this module raises
`MissingExtra` where matplotlib is not installed.
"""

from mem0g.errors import MissingExtra

try:
    import matplotlib as _matplotlib  # noqa: F401 - whether it is there
except ModuleNotFoundError as error:
    raise MissingExtra("tables and pictures of facts need matplotlib: pip install '/path/to/mem0g[notebook]'") from error

from mem0g.notebook.bars import draw_valid_time
from mem0g.notebook.picture import Picture
from mem0g.notebook.plane import draw_two_times
from mem0g.notebook.tables import Table, table

__all__ = ["Picture", "Table", "draw_two_times", "draw_valid_time", "table"]
