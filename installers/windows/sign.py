"""Sign Windows programs with a publisher's certificate, on Debian: `build.py --certificate` uses it for all of them.

    python3 installers/windows/sign.py CERTIFICATE.p12 PASSWORD-FILE [--timestamp URL] PROGRAM.exe …

The certificate is a code-signing one (OV, EV or a public authority's), as PKCS #12. With the address of the authority's
time stamp server a signature stays good after the certificate's end; that is the one step that needs a network.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers import machine
from installers.machine import SetupError, say

ABOUT = "LTU Desktop"


class Certificate(NamedTuple):
    """Where a publisher's certificate and its password are; `timestamp` is a server's address, or ""."""

    file: Path
    password: Path
    timestamp: str = ""


def command(certificate: Certificate, program: str, target: str) -> list[str]:
    """Return the command that signs a program into a new file."""
    stamp = ["-ts", certificate.timestamp] if certificate.timestamp else []
    return [
        "osslsigncode", "sign", "-pkcs12", str(certificate.file), "-readpass", str(certificate.password),
        "-h", "sha256", "-n", ABOUT, *stamp, "-in", program, "-out", target,
    ]  # fmt: skip


def sign(program: Path, certificate: Certificate) -> None:
    """Sign a program in its place; raise SetupError when it cannot be."""
    signed = program.with_name(program.name + ".signed")
    machine.carry_out(command(certificate, str(program), str(signed)), f"Signing {program.name}")
    signed.chmod(0o755)
    signed.replace(program)


def main(arguments: list[str]) -> int:
    """Sign what is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("certificate", type=Path)
    parser.add_argument("password", type=Path, metavar="PASSWORD-FILE")
    parser.add_argument("--timestamp", default="", metavar="URL")
    parser.add_argument("programs", type=Path, nargs="+", metavar="PROGRAM")
    given = parser.parse_args(arguments)
    try:
        for program in given.programs:
            sign(program, Certificate(given.certificate, given.password, given.timestamp))
            say(f"signed: {program}")
    except SetupError as failure:
        say(f"\n{failure}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
