"""The commands of `conflictmap`, one module each; heavy imports wait until a command runs."""
