"""Back to the shell with ctrl+z and here again with fg, as other programs of the terminal do."""

from __future__ import annotations

import os
import signal

NO_SHELL = "ctrl+z: no shell to return to, this terminal runs hf-jobs-tui alone"


def has_shell() -> bool:
    """Whether a shell with job control started this process and would notice that it stopped.

    Such a shell gives every command a process group of its own. In the group of the session's leader there is
    none: a stop would be for good.
    """
    return os.getsid(0) != os.getpgrp()


def stop() -> None:
    """Stop the whole command until the shell resumes it. The terminal must have been given back.

    What started this process is stopped as well: the shell waits for `uvx`, not for what that runs. It takes
    the terminal as soon as that has stopped, so nothing may be left for a handler of the signal to do.
    """
    before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        os.killpg(os.getpgrp(), signal.SIGTSTP)
    finally:
        signal.signal(signal.SIGTSTP, before)
