"""The shared spec builder: a draft into a job that can be sent, and jobs into `hf` lines and back. Pure."""
