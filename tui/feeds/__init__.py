"""The bridge: coroutines that run on the hub thread and post messages to the interface."""
