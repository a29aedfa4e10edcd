"""From stored events to a screen, a shareable file and a command line."""
