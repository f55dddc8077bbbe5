"""The Jobs HTTP API on a worker thread of its own. Speaks the wire, returns domain objects, raises HubError."""
