"""Answers and facts into a Report; the modules are the steps, in the order of `report.compile_report`. Standard library only."""
