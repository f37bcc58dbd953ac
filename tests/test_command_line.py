"""The command line: the same check, the same messages, exit codes a schedule can go by."""

import io
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from ipsdash.__main__ import DONE, FAULTY, HINDERED, MISUSED, main
from ipsdash.settings import SETTINGS, faults
from ipsdash.store.passwords import hashed
from tests.workbooks import goals

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("IPSDASH_STORE", str(tmp_path / "store"))
    return tmp_path


@pytest.fixture
def workbook(folder):
    def written(value=60):
        path = folder / "tall.xlsx"
        path.write_bytes(goals(value))
        return str(path)

    return written


def run(*given):
    return main([str(one) for one in given])


def test_a_right_workbook_is_checked_published_listed_and_taken_out(workbook, folder, capsys):
    assert run("check", workbook()) == DONE
    assert run("publish", workbook(), "--who", "Kari", "--note", "Mål på 60") == DONE
    assert run("publish", workbook(70), "--who", "Ola", "--note", "Mål på 70") == DONE
    assert run("editions") == DONE
    said = capsys.readouterr().out
    assert "Utgave 1 er publisert" in said.replace("\u00a0", " ") and said.index("\tOla\t") < said.index("\tKari\t")
    assert run("export", folder / "alt.xlsx") == DONE
    assert [cell.value for cell in openpyxl.load_workbook(folder / "alt.xlsx")["goals"]["D"]] == ["value", 50, 70]
    assert run("export", folder / "alt.zip", "--edition", 1) == DONE
    table = zipfile.ZipFile(folder / "alt.zip").read("tables/goals.csv").decode("utf-8-sig")
    assert "ips-60;region:nord;specialists;60;" in table and ";2019M01;2024M01;" in table


def test_the_sealed_texts_give_the_checksum_again(workbook, folder, capsys):
    """As `LC_ALL=C sha256sum *.csv | sha256sum` does in their folder."""
    run("publish", workbook(), "--who", "Kari", "--note", "Mål")
    run("editions")
    checksum = capsys.readouterr().out.splitlines()[-1].split("\t")[-1]
    assert run("export", folder / "alt.zip", "--sealed") == DONE
    with zipfile.ZipFile(folder / "alt.zip") as packed:
        files = sorted((Path(name).name, sha256(packed.read(name)).hexdigest()) for name in packed.namelist())
    lines = "".join(f"{digest}  {name}\n" for name, digest in files)
    assert sha256(lines.encode()).hexdigest().startswith(checksum)


def test_what_is_taken_out_can_be_put_in_again_without_a_change(workbook, folder):
    from ipsdash.tables.load import load

    run("publish", workbook(), "--who", "Kari", "--note", "Mål")
    run("export", folder / "alt.zip")
    with zipfile.ZipFile(folder / "alt.zip") as packed:
        packed.extractall(folder / "ut")
    run("export", folder / "alt.xlsx")
    for path in (folder / "ut", folder / "alt.xlsx"):
        found = load(path)
        assert found.faults == () and list(found.tables.goals["value"]) == [50, 60]


def test_what_looks_like_a_formula_goes_out_as_text_and_comes_in_again_as_it_was(folder):
    from ipsdash.tables.load import load
    from tests.workbooks import GOALS, workbook as made

    note = '=HYPERLINK("http://example.org";"klikk")'
    row = ["ips-60", "region:nord", "specialists", 60, "positions_or_persons", "2019-01", "2024-01", "reported", "programme", note, "-5 og @alle"]
    (folder / "tall.xlsx").write_bytes(made(goals=[GOALS, row]))
    sheet = openpyxl.load_workbook(folder / "tall.xlsx")
    sheet["goals"]["J2"].data_type = "s"
    sheet.save(folder / "tall.xlsx")
    assert run("publish", folder / "tall.xlsx", "--who", "Kari", "--note", "=1+1") == DONE
    run("export", folder / "alt.zip")
    with zipfile.ZipFile(folder / "alt.zip") as packed:
        packed.extractall(folder / "ut")
    assert "'=HYPERLINK" in (folder / "ut" / "tables" / "goals.csv").read_text("utf-8")
    assert list(load(folder / "ut").tables.goals.iloc[0][["note_nb", "note_en"]]) == [note, "-5 og @alle"]


def test_faults_are_listed_with_their_cells_and_nothing_is_published(workbook, folder, capsys):
    assert run("publish", workbook("mange"), "--who", "Kari", "--note", "Mål") == FAULTY
    said = capsys.readouterr().err
    assert "goals\tD3\tvalue\tmange" in said
    assert not (folder / "store").exists()


def test_messages_come_in_the_language_asked_for(workbook, capsys):
    run("--lang", "en", "check", workbook("many"))
    assert "has to be mended" in capsys.readouterr().err


def test_a_workbook_with_its_faults_marked_is_written(workbook, folder):
    assert run("check", workbook("mange"), "--marked", folder / "feil.xlsx") == FAULTY
    assert openpyxl.load_workbook(folder / "feil.xlsx")["goals"]["D3"].comment is not None


def test_an_earlier_edition_is_brought_back_as_a_new_one(workbook, capsys):
    for value in (60, 70):
        run("publish", workbook(value), "--who", "Kari", "--note", f"{value}")
    assert run("restore", 1, "--who", "Ola", "--note", "Tilbake") == DONE
    run("editions")
    assert "Tilbake" in capsys.readouterr().out.splitlines()[-3]


def test_an_edition_that_there_is_none_of_and_a_file_that_is_not_there_are_said(folder, capsys):
    assert run("restore", 7, "--who", "Ola", "--note", "Tilbake") == HINDERED
    assert run("check", folder / "borte.xlsx") == HINDERED
    assert run("export", folder / "alt.xlsx") == HINDERED
    assert "Traceback" not in capsys.readouterr().err


def test_what_was_read_with_a_change_is_said_and_marked(folder, capsys):
    from tests.workbooks import STAFFING, workbook as made

    row = ["kirkenes", "2026Q1", "2,5", "1.500", 0, 0, 0, "reported", "programme", "", ""]
    (folder / "tall.xlsx").write_bytes(made(staffing=[STAFFING, row]))
    assert run("check", folder / "tall.xlsx", "--marked", folder / "merket.xlsx") == DONE
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert "1 merknad om hvordan filen er lest" in said and "staffing\tC2\tfte\t2,5" in said
    assert "staffing\tD2\theadcount\t1.500\tTeksten «1.500» er lest som 1500" in said
    sheet = openpyxl.load_workbook(folder / "merket.xlsx")["staffing"]
    assert all(sheet[cell].comment for cell in ("C2", "D2")) and not sheet["E2"].comment
    assert "1500" in sheet["D2"].comment.text


def test_a_strict_workbook_gives_one_sentence_and_no_warning_of_python(folder):
    from tests.workbooks import strict

    (folder / "tall.xlsx").write_bytes(strict(goals(60)))
    command = [sys.executable, "-m", "ipsdash", "check", str(folder / "tall.xlsx")]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == FAULTY
    assert "Strict Open XML" in found.stderr and "Warning" not in found.stderr


def test_a_template_is_written(folder):
    assert run("template", folder / "mal.xlsx", "--filled") == DONE
    assert len(openpyxl.load_workbook(io.BytesIO((folder / "mal.xlsx").read_bytes())).sheetnames) >= 9


@pytest.mark.parametrize("given", [[], ["publish"], ["publish", "a.xlsx"], ["fly"], ["--lang", "xx", "editions"]])
def test_wrong_use_has_its_own_exit_code(given):
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == MISUSED


def test_it_is_started_as_a_module():
    found = subprocess.run([sys.executable, "-m", "ipsdash", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0 and all(name in found.stdout for name in ("template", "check", "publish", "editions", "restore", "export"))


@pytest.mark.parametrize("name, value", [("IPSDASH_READING", "Signed-In"), ("IPSDASH_READINGS", "signed-in"), ("IPSDASH_STORE", "")])
def test_no_command_runs_with_a_setting_that_is_wrong(workbook, monkeypatch, capsys, name, value):
    path = workbook()
    monkeypatch.setenv(name, value)
    for command in (["publish", path, "--who", "Kari", "--note", "Mål"], ["editions"], ["settings"]):
        assert run(*command) == MISUSED
        said = capsys.readouterr()
        assert said.out == "" and said.err.startswith(name) and len(said.err.splitlines()) == 1


def test_the_settings_are_listed_without_secrets(folder, monkeypatch, capsys):
    kept = hashed("nordlys")
    monkeypatch.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", kept)
    assert run("--lang", "en", "settings") == DONE
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == [setting.name for setting in SETTINGS]
    assert ["IPSDASH_STORE", str(folder / "store"), "environment"] in rows
    assert ["IPSDASH_PUBLISH_PASSWORD_HASH", "(not shown)", "environment"] in rows
    assert ["IPSDASH_READING", "everybody", "default"] in rows
    assert not any(part in str(rows) for part in kept.split(":")[1:])


@pytest.mark.parametrize(("given", "code"), [(["nordlys over fjell"] * 2, DONE), (["nordlys"] * 2, MISUSED), (["nordlys over fjell", "nordlys over"], MISUSED)])
def test_a_publishing_password_is_long_enough_and_gives_a_hash_that_is_taken(monkeypatch, capsys, given, code):
    # It helps out of a wrong hash, so it runs with one.
    monkeypatch.setenv("IPSDASH_PUBLISH_PASSWORD_HASH", "nordlys")
    answers = iter(given)
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    assert run("password") == code
    name, _, kept = capsys.readouterr().out.strip().partition("=")
    assert code == MISUSED or faults({name: kept}) == []
