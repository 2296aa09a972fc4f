"""Ansible's psrp connection on the same endpoint, from an environment of its own that is thrown away afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.endpoint import PASSWORD, PORT, USER
from benchmarks.measure import process, whole_machine

FORKS = 8


class Peer:
    """Ansible, installed into a folder, with these hosts in its inventory."""

    def __init__(self, targets: list[str], ca: str, folder: Path) -> None:
        self._out, home = folder / "ansible.out", folder / "ansible"
        with whole_machine():
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            install = [home / "bin" / "python", "-m", "pip", "install", "--quiet", "ansible-core", "pypsrp<0.10"]
            subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
        words = (
            f"ansible_connection=psrp ansible_port={PORT} ansible_user={USER} ansible_password={PASSWORD} "
            f"ansible_psrp_auth=basic ansible_psrp_ca_cert={ca} ansible_psrp_proxy= ansible_shell_type=powershell"
        )
        inventory = home / "inventory"
        inventory.write_text("[all]\n" + "".join(f"{target} {words}\n" for target in targets), encoding="utf-8")
        program = ["env", f"ANSIBLE_HOME={home}/home", f"{home}/bin/ansible", "all", "-i", str(inventory)]
        self._command = [*program, "-f", str(FORKS), "-m", "raw", "-a", "Get-It"]

    def run(self, targets: list[str]) -> tuple[float, float]:
        """Read these hosts once; wall seconds and CPU seconds of the whole process."""
        spent = process([*self._command, "--limit", ",".join(targets)], out=self._out)
        answered = self._out.read_text(encoding="utf-8").count("rc=0")
        if answered != len(targets):
            raise SystemExit(f"Ansible read {answered} of {len(targets)} hosts")
        return spent
