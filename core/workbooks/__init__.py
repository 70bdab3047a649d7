"""Workbooks that people send: read safely, as plain cells. What they mean is settled elsewhere."""
