"""An ssh server of one's own on loopback, for as long as a test lasts."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType


class Sshd:
    """`with Sshd(program, folder) as sshd:` listens on a free port and lets one key in."""

    def __init__(self, program: str, folder: Path) -> None:
        self.user = getpass.getuser()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        for name in ("host", "key"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
                check=True,
                timeout=20,
            )
        shutil.copy(folder / "key.pub", folder / "authorized")
        settings = [
            f"Port {self.port}",
            "ListenAddress 127.0.0.1",
            f"HostKey {folder / 'host'}",
            f"AuthorizedKeysFile {folder / 'authorized'}",
            "StrictModes no",
            "UsePAM no",
            "PidFile none",
            "PermitRootLogin yes",
            "PasswordAuthentication no",
        ]
        (folder / "sshd_config").write_text("\n".join(settings) + "\n")
        ssh = folder / "ssh"
        ssh.write_text(
            f"#!/bin/sh\nexec /usr/bin/ssh -F none -i {folder / 'key'} -o StrictHostKeyChecking=no "
            f'-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR "$@"\n'
        )
        ssh.chmod(0o755)
        self.path = f"{folder}:/usr/bin:/bin"
        """With an `ssh` in front that has the key; everything else it is given is the dashboard's."""
        self._process = subprocess.Popen(
            [program, "-D", "-e", "-f", str(folder / "sshd_config")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr is not None
        self.ready = any("Server listening" in line for line in self._process.stderr)

    def __enter__(self) -> Sshd:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=20)
