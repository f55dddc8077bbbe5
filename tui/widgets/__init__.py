"""Widgets: state comes in by reactives and calls, wishes go out by messages. No HTTP, no screens."""
