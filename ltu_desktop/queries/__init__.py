"""All that can be read: selects that give frozen, typed rows to actions, documents and pages. Writes nothing."""
