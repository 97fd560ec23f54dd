"""All that can be done: each action is one transaction, one journal entry, one undo step.

Window and command line change data through these functions only.
"""
