"""The rules, one module a family. A module here is found by itself: register a rule and it runs."""
