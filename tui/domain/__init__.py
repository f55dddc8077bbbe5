"""The pure heart: jobs, hardware, filters, money, logs. Knows no Textual, Rich, HTTP or huggingface_hub."""
