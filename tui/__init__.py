"""hf-jobs-tui: a terminal dashboard for Hugging Face Jobs."""

__version__ = "0.1.0"
