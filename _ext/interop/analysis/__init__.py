"""The record over time: history, lineage, comparisons, test lists and the rules of the process."""
