"""Plan checks: rules that read a plan the way a compiler reads a program, and say what they object to and where."""

from trigpoint.checks.checked import Checked
from trigpoint.checks.engine import check, examine
from trigpoint.checks.example import Example, examples
from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.rule import Rule, all_rules, find_rule
from trigpoint.checks.subject import Anchor, Subject, of_draft, of_plan
from trigpoint.checks.summary import Concern, Summary, summarise
from trigpoint.checks.waiver import Decisions, Waived, read_settings
from trigpoint.checks.workspace import check_workspace, examine_workspace
from trigpoint.plans.setting import Setting

__all__ = [
    "Anchor", "Checked", "Concern", "Decisions", "Example", "Finding", "Rule", "Setting", "Severity", "Subject",
    "Summary", "Waived", "all_rules", "check", "check_workspace", "examine", "examine_workspace", "examples",
    "find_rule", "of_draft", "of_plan", "read_settings", "summarise",
]  # fmt: skip
