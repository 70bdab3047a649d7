"""The verbs: each is a plain function on an open transaction, given `now` and who acts.

An action checks the rules, writes, appends to the audit chain and returns a frozen
snapshot. It raises a `core.errors.Refusal` before it has changed anything, and it never
commits: whoever opened the transaction does.
"""
