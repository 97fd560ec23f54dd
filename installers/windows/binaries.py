"""The binaries of the Windows tree: who signed them, and that each library they ask for is there."""

from __future__ import annotations

import re
import subprocess
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from installers.bundle import files_of
from installers.machine import SetupError

ENDINGS = (".dll", ".pyd", ".exe")
OURS = frozenset({"LTU Desktop.exe", "ltu-desktop.exe"})

# What Windows 10 brings itself, in small letters.
SYSTEM = re.compile(
    r"(advapi32|authz|bcrypt|bcryptprimitives|cabinet|comctl32|comdlg32|crypt32|d3d11|d3d12|d3d9|dbghelp|dnsapi|dwmapi"
    r"|dwrite|dxgi|gdi32|icuuc|imm32|iphlpapi|kernel32|mpr|mscms|msvcrt|netapi32|ntdll|ole32|oleaut32|pathcch|powrprof"
    r"|propsys|rpcrt4|secur32|setupapi|shcore|shell32|shlwapi|ucrtbase|uiautomationcore|user32|userenv|uxtheme|version"
    r"|winhttp|winmm|winspool|ws2_32|wtsapi32|api-ms-win-.*|ext-ms-.*)\.(dll|drv)"
)


class Signature(NamedTuple):
    """Who signed a file ("" for nobody), and whether the signature is of this very content."""

    signer: str
    fits: bool


def signature(path: Path) -> Signature:
    """Read a file's signature. The chain of certificates is not followed: the file is pinned by its hash."""
    told = subprocess.run(
        ["osslsigncode", "verify", "-ignore-timestamp", "-in", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env={"PATH": "/usr/bin:/bin", "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"},
    ).stdout
    if "No signature found" in told:
        return Signature("", fits=False)
    digests = re.findall(r"^(?:Current|Calculated) message digest\s*: (\w+)", told, re.MULTILINE)
    signer = re.search(r"^Signer's certificate:.*?Subject: [^\n]*?/CN=([^/\n]+)", told, re.MULTILINE | re.DOTALL)
    return Signature(signer[1].strip() if signer else "?", fits=bool(digests) and digests[::2] == digests[1::2])


def binaries(tree: Path) -> list[str]:
    """Return the names of a tree's binaries that others made."""
    return [name for name in files_of(tree) if name.lower().endswith(ENDINGS) and name not in OURS]


def check_signers(tree: Path, signers: Path) -> dict[str, str]:
    """Return each foreign binary's signer; raise SetupError for a signature that is broken or not the expected one."""
    rules = tomllib.loads(signers.read_text(encoding="utf-8"))
    with ThreadPoolExecutor(4) as pool:
        names = binaries(tree)
        found = dict(zip(names, pool.map(lambda name: signature(tree / name), names), strict=True))
    wrong = []
    for name, seen in found.items():
        rule = next((each for each in rules["signed"] if _named(name, each)), None)
        if rule is None:
            if seen.signer and seen.signer not in rules["also"]["signers"]:
                wrong.append(f"{name}: signed by {seen.signer}, of whom nothing is known")
        elif seen.signer and not seen.fits:
            wrong.append(f"{name}: its content is not what was signed")
        elif seen.signer != rule["by"]:
            wrong.append(f"{name}: signed by {seen.signer or 'nobody'}, not by {rule['by']}")
    if wrong:
        raise SetupError("Signatures that are not as signers.toml says:\n  " + "\n  ".join(wrong))
    return {name: seen.signer for name, seen in found.items()}


def _named(name: str, rule: dict[str, list[str]]) -> bool:
    return any(Path(name).match(each) for each in rule["files"]) and not any(
        Path(name).match(each) for each in rule.get("but", [])
    )


def imports(path: Path) -> set[str]:
    """Return the libraries that a binary asks for, in small letters."""
    told = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(path)], capture_output=True, text=True, errors="replace", check=True
    ).stdout
    return {name.lower() for name in re.findall(r"^\s*DLL Name: (\S+)", told, re.MULTILINE)}


def check_imports(tree: Path) -> None:
    """Raise SetupError when a binary asks for a library that neither the tree nor Windows has."""
    names = [name for name in files_of(tree) if name.lower().endswith(ENDINGS)]
    have = {name.rsplit("/", 1)[-1].lower() for name in names}
    with ThreadPoolExecutor(4) as pool:
        asked = dict(zip(names, pool.map(lambda name: imports(tree / name), names), strict=True))
    missing = [
        f"{name} asks for {each}"
        for name, wanted in asked.items()
        for each in sorted(wanted - have)
        if not SYSTEM.fullmatch(each)
    ]
    if missing:
        raise SetupError("Libraries are missing in the tree:\n  " + "\n  ".join(missing))
