"""What finance gets back: a blank workbook to fill, its own workbook with the faults marked."""

from smartfin.handback.marked import Marked, marked_name, marked_workbook
from smartfin.handback.template import template_name, written_template
from smartfin.handback.template_lines import TemplateOrder

__all__ = [
    "Marked",
    "TemplateOrder",
    "marked_name",
    "marked_workbook",
    "template_name",
    "written_template",
]
