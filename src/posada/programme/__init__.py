"""The program folder: reading it row by row, and writing it and the results of a plan."""

from posada.programme.errors import (
    FolderUnreadable,
    OutExists,
    OutNotReplaceable,
    OutNotWritten,
    PlanUnreadable,
)
from posada.programme.folder import input_files, read_program
from posada.programme.plan_folder import PlanFolder, read_plan
from posada.programme.write import check_out, write_plan, write_program

__all__ = [
    "FolderUnreadable",
    "OutExists",
    "OutNotReplaceable",
    "OutNotWritten",
    "PlanFolder",
    "PlanUnreadable",
    "check_out",
    "input_files",
    "read_plan",
    "read_program",
    "write_plan",
    "write_program",
]
