"""What finance gets back: a blank workbook to fill, its own workbook with the faults marked."""

from smartfin.handback.marked import Marked, marked_name, marked_workbook
from smartfin.handback.support_sheet import support_list_name, written_support_list
from smartfin.handback.template import template_name, written_template
from smartfin.handback.template_lines import TemplateOrder

__all__ = [
    "Marked",
    "TemplateOrder",
    "marked_name",
    "marked_workbook",
    "support_list_name",
    "template_name",
    "written_support_list",
    "written_template",
]
