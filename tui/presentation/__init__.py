"""Domain objects to text and cells. No state."""
