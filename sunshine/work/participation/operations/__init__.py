"""The verbs of participation, by subject: doors import the module they need."""
