"""The shared spec builder: Draft -> JobSpec or field errors -> request body, `hf` line; and an `hf` line -> Draft."""
