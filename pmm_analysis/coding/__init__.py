"""What people say of stances: sheets, labels over those of the rules, agreement, REFI-QDA."""

from .refi import export_codebook, export_project
from .sheets import agreement, agreement_by_label, apply_coding, coding_sheet, confusion_table
