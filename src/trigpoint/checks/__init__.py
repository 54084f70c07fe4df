"""Plan checks: rules that read a plan the way a compiler reads a program, and say what they object to and where."""

from trigpoint.checks.engine import check
from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.rule import Rule, all_rules, find_rule
from trigpoint.checks.subject import Anchor, Subject, of_draft, of_plan
from trigpoint.checks.waiver import Decisions, read_settings
from trigpoint.checks.workspace import check_workspace
from trigpoint.plans.setting import Setting

__all__ = [
    "Anchor", "Decisions", "Finding", "Rule", "Setting", "Severity", "Subject",
    "all_rules", "check", "check_workspace", "find_rule", "of_draft", "of_plan", "read_settings",
]  # fmt: skip
