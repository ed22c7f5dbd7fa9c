"""From file to model: reads, checks and links the files in ``guidelines/``."""
