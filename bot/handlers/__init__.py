"""Update in, one core action, one screen out. A handler decides nothing and never waits for the network."""
