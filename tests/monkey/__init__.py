"""Random keys, pastes, clicks and resizes in a real terminal: `python -m tests.monkey --seed 1 --minutes 10`.

The program runs against a local hub whose jobs come and go. Nothing may end it but the keys that do; nothing
may be written to the hub that was not confirmed in a dialog naming it. What is typed follows from the seed
and the number of the step alone, so that a failure is made again with `--seed N --until STEP`.
"""
