"""What a former site published: what passes is public and says that it was imported, the rest waits."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document as Docx

from sunshine.core.ledger import queries as ledger
from sunshine.core.ledger.models import Entry
from sunshine.core.matters.models import Matter
from sunshine.core.publishing.models import Draft, Record, RecordVersion, Review
from sunshine.core.publishing.queries import records
from sunshine.project import importing
from sunshine.project.verifying import checking, database
from sunshine.work.documents import operations as documents
from sunshine.work.documents.operations.importing import Became, Into
from sunshine.work.documents.reading import sources, table
from tests import cast as plays
from tests.cast import MONDAY

SHARED = Path(__file__).parents[3] / "shared"
LAWS = SHARED / "data" / "laws.tar.xz"
REPORT = SHARED / "seed" / "report-2018.txt"
GOOD = (
    "# 阳光市停车管理办法\n\n2017年3月1日 阳光市人民政府发布\n\n## 第一章 总则\n\n"
    "第一条 为了规范停车管理，制定本办法。\n\n第二条 本办法自2017年5月1日起施行。\n"
)
ON_REQUEST = GOOD.replace("停车", "户外广告")
WITHOUT_DAY = "关于停车的说明\n\n路内停车泊位统一编号。\n"
WITH_PERSON = GOOD.replace("停车", "养犬") + "\n联系人张三，身份证号11010519491231002X。\n"


class NoBar:
    """Shows nothing."""

    def update(self, n: float | None = 1) -> None: ...


def take_over(
    cast: plays.Cast, path: Path, *, sheet: str = "", at: datetime = MONDAY, issuer: str = ""
) -> importing.Report:
    """Import a folder or archive under the cast's item, on the drafter's worklist."""
    into = Into(cast.drafter, cast.department, issuer, {cast.item.code: cast.item}, cast.item)
    report = importing.Report()
    importing.run(
        path,
        table=table.read(sheet.encode()) if sheet else table.Table(),
        into=into,
        workers=1,
        now=lambda: at,
        bar=NoBar(),
        report=report,
    )
    return report


def became(report: importing.Report) -> dict[str, Became]:
    return {each.name: each.became for each in report.outcomes}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of a former site: one good document, one without a day, one with a person's number."""
    site = tmp_path / "oldsite"
    (site / "2017").mkdir(parents=True)
    (site / "2017" / "办法.md").write_text(GOOD, "utf-8")
    (site / "说明.txt").write_text(WITHOUT_DAY, "utf-8")
    (site / "养犬.md").write_text(WITH_PERSON, "utf-8")
    return site


@pytest.mark.django_db
def test_what_passes_is_public_at_once_and_claims_nobodys_review(folder: Path):
    cast = plays.make_cast()
    report = take_over(cast, folder)
    assert became(report)["2017/办法.md"] is Became.PUBLISHED
    record = Record.objects.get()
    shown = records.shown(record.reference, on=MONDAY.date())
    assert record.imported_from == "oldsite/2017/办法.md"
    assert record.published_at == MONDAY
    assert (record.formed_on, record.effective_from) == (date(2017, 3, 1), date(2017, 5, 1))
    assert shown.version.fields["imported"]["at"] == MONDAY.isoformat()
    assert record.in_time is None
    assert Review.objects.count() == 0
    assert ledger.public_lines(limit=1)[0][1]["imported"] is True


@pytest.mark.django_db
def test_what_fails_waits_on_the_officers_worklist_with_its_reasons_and_is_never_public(folder: Path):
    cast = plays.make_cast()
    report = take_over(cast, folder)
    waits = {each.name: each for each in report.outcomes if each.became is Became.WAITS}
    assert set(waits) == {"说明.txt", "养犬.md"}
    matter = Matter.objects.get(reference=waits["养犬.md"].reference)
    assert (matter.stage, matter.officer) == ("drafting", cast.drafter)
    told = Entry.objects.get(subject=matter.reference).facts["reason"]
    assert "oldsite/养犬.md" in told
    assert "11010519491231002X" in told
    assert Record.objects.count() == 1
    with pytest.raises(Exception, match=r"attribute|public"):
        documents.submit(matter.pk, actor=cast.drafter, at=MONDAY)


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_a_changed_file_is_a_new_version(folder: Path):
    cast = plays.make_cast()
    take_over(cast, folder)
    size, matters = ledger.size(), Matter.objects.count()
    assert set(became(take_over(cast, folder)).values()) == {Became.UNCHANGED}
    assert (ledger.size(), Matter.objects.count()) == (size, matters)
    (folder / "2017" / "办法.md").write_text(GOOD.replace("规范", "加强"), "utf-8")
    report = take_over(cast, folder, at=MONDAY + timedelta(days=1))
    assert became(report)["2017/办法.md"] is Became.NEW_VERSION
    record = Record.objects.get()
    assert record.version == 2
    assert "规范" in records.versions(record.reference)[0].fields["body"]
    assert "加强" in records.versions(record.reference)[1].fields["body"]


@pytest.mark.django_db
def test_a_changed_file_that_waits_gets_its_new_text_until_an_officer_has_touched_it(folder: Path):
    cast = plays.make_cast()
    take_over(cast, folder)
    (folder / "说明.txt").write_text(WITHOUT_DAY.replace("统一", "重新"), "utf-8")
    take_over(cast, folder)
    draft = Draft.objects.get(fields__imported__origin="oldsite/说明.txt")
    assert "重新" in draft.fields["body"]
    documents.write(
        draft.matter_id,
        part=0,
        fields={"formed_on": "2018-01-01"},
        revision=draft.revision,
        actor=cast.drafter,
        at=MONDAY,
    )
    (folder / "说明.txt").write_text(WITHOUT_DAY.replace("统一", "再次"), "utf-8")
    assert became(take_over(cast, folder))["说明.txt"] is Became.LEFT
    assert "重新" in Draft.objects.get(pk=draft.pk).fields["body"]


@pytest.mark.django_db
def test_a_changed_file_that_fails_waits_while_the_public_version_stands(folder: Path):
    cast = plays.make_cast()
    take_over(cast, folder)
    (folder / "2017" / "办法.md").write_text(GOOD + "\n身份证号11010519491231002X\n", "utf-8")
    assert became(take_over(cast, folder))["2017/办法.md"] is Became.WAITS
    record = Record.objects.get()
    assert record.version == 1
    assert Draft.objects.get(record=record).matter.stage == "drafting"
    assert became(take_over(cast, folder))["2017/办法.md"] is Became.UNCHANGED


@pytest.mark.django_db
def test_a_withdrawn_import_does_not_come_back(folder: Path):
    from sunshine.core.publishing.operations import mending

    cast = plays.make_cast()
    take_over(cast, folder)
    record = Record.objects.get()
    mending.withdraw(
        record.pk, ground="inaccurate", reason="数字有误", decided_by="局长", actor=cast.leader, at=MONDAY
    )
    (folder / "2017" / "办法.md").write_text(GOOD.replace("规范", "加强"), "utf-8")
    assert became(take_over(cast, folder))["2017/办法.md"] is Became.LEFT
    assert records.visible().count() == 0


@pytest.mark.django_db
def test_the_table_says_what_the_files_do_not(folder: Path):
    cast = plays.make_cast()
    sheet = (
        "文件,标题,文号,成文日期,类型,发文机关,目录事项\n"
        "说明.txt,关于停车的说明,阳城管[2016]7号,2016年5月4日,通知,市城管局,norms\n"
        "不在.md,没有这个文件,,,,,\n"
        "养犬.md,,,2017-13-01,诗歌,,\n"
    )
    report = take_over(cast, folder, sheet=sheet)
    record = Record.objects.get(imported_from="oldsite/说明.txt")
    assert (record.number, record.formed_on, record.kind, record.department) == (
        "阳城管〔2016〕7号",
        date(2016, 5, 4),
        "notice",
        "市城管局",
    )
    named = {each.name: each for each in report.outcomes}
    assert named["不在.md"].became is Became.NOT_READ
    told = " ".join(importing.say(reason) for reason in named["养犬.md"].reasons)
    assert "2017-13-01" in told
    assert "诗歌" in told


def _docx() -> bytes:
    document = Docx()
    document.add_heading("阳光市停车收费公告", level=1)
    for line in ("2018年5月1日 阳光市人民政府发布", "自本月起停车收费标准调整。"):
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.django_db
def test_a_word_file_becomes_text_and_stays_beside_it_as_it_was(tmp_path: Path):
    cast = plays.make_cast()
    (tmp_path / "旧站").mkdir()
    (tmp_path / "旧站" / "公告.docx").write_bytes(_docx())
    take_over(cast, tmp_path / "旧站")
    shown = records.shown(Record.objects.get().reference, on=MONDAY.date())
    assert shown.record.title == "阳光市停车收费公告"
    assert shown.record.kind == "announcement"
    assert "<p>自本月起停车收费标准调整。</p>" in shown.version.fields["body"]
    assert [file.name for file in shown.version.files] == ["公告.docx"]


def _hostile_tar(path: Path) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, kind in (("../../etc/evil.md", None), ("/abs.md", None), ("link.md", tarfile.SYMTYPE)):
            info = tarfile.TarInfo(name)
            if kind:
                info.type, info.linkname = kind, "/etc/passwd"
                archive.addfile(info)
            else:
                info.size = len(GOOD.encode())
                archive.addfile(info, io.BytesIO(GOOD.encode()))
        info = tarfile.TarInfo("good.md")
        info.size = len(GOOD.encode())
        archive.addfile(info, io.BytesIO(GOOD.encode()))
    return path


@pytest.mark.django_db
def test_hostile_names_and_links_of_an_archive_are_refused_by_name(tmp_path: Path):
    cast = plays.make_cast()
    report = take_over(cast, _hostile_tar(tmp_path / "site.tar.gz"))
    found = became(report)
    assert found["good.md"] is Became.PUBLISHED
    assert list(found.values()).count(Became.NOT_READ) == 3
    assert Record.objects.get().imported_from == "site/good.md"


@pytest.mark.django_db
def test_a_bomb_in_an_archive_is_refused_and_the_rest_is_read(tmp_path: Path):
    cast = plays.make_cast()
    with zipfile.ZipFile(tmp_path / "site.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.md", b"\0" * (sources.LARGEST_FILE + 10))
        archive.writestr("good.md", GOOD)
        archive.writestr("program.exe", b"MZ")
    found = became(take_over(cast, tmp_path / "site.zip"))
    assert found == {
        "bomb.md": Became.NOT_READ,
        "program.exe": Became.NOT_READ,
        "good.md": Became.PUBLISHED,
    }


def test_what_is_no_archive_ends_with_a_sentence(tmp_path: Path):
    damaged = tmp_path / "site.tar.gz"
    damaged.write_bytes(_hostile_tar(tmp_path / "whole.tar.gz").read_bytes()[:120])
    for path in (tmp_path / "nothing", damaged):
        with pytest.raises(sources.BadSource):
            list(sources.walk(path))


@pytest.mark.django_db
def test_the_report_names_every_file_for_people_and_for_programs(folder: Path, tmp_path: Path):
    cast = plays.make_cast()
    (folder / "=cmd.exe").write_bytes(b"MZ")
    report = take_over(cast, folder)
    report.write(tmp_path / "report.csv")
    report.write(tmp_path / "report.json")
    lines = list(csv.DictReader((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()))
    assert len(lines) == 4
    assert {line["became"] for line in lines} == {"published", "waits", "not read"}
    assert "'=cmd.exe" in {line["file"] for line in lines}
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {each["file"] for each in told} == {"2017/办法.md", "说明.txt", "养犬.md", "=cmd.exe"}


@pytest.mark.django_db
def test_the_imported_records_stand_in_a_log_that_verifies(folder: Path):
    take_over(plays.make_cast(), folder)
    found = checking.verify(database.Database(), hides_withdrawn=False)
    database.check_rows(found)
    assert (found.versions, found.faults) == (1, [])


def _sunshine(home: Path, *arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("sunshine")), *arguments]


def _state(home: Path, environment: dict[str, str]) -> list[object]:
    code = (
        "import django; django.setup(); import json\n"
        "from sunshine.core.publishing.models import Record, Draft\n"
        "from sunshine.core.ledger.models import Leaf\n"
        "rows = Record.objects.order_by('imported_from')\n"
        "rows = list(rows.values_list('imported_from', 'version', 'title'))\n"
        "waits = sorted(d.fields['imported']['origin'] for d in Draft.objects.all())\n"
        "print(json.dumps([rows, waits, Leaf.objects.count()]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    state: list[object] = json.loads(done.stdout)
    return state


def test_an_import_that_was_killed_goes_on_to_the_same_end(tmp_path: Path):
    site = tmp_path / "site"
    site.mkdir()
    for number in range(300):
        text = GOOD if number % 10 else WITHOUT_DAY
        (site / f"{number:03}.md").write_text(text.replace("停车", f"停车{number}"), "utf-8")
    ends = []
    for kills in (0, 3):
        home = tmp_path / f"home{kills}"
        environment = {
            **os.environ,
            "SUNSHINE_HOME": str(home),
            "SUNSHINE_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "sunshine.project.settings",
            "PYTEST_PLUGINS": "",
        }
        subprocess.run(_sunshine(home, "setup"), env=environment, check=True, capture_output=True)
        people = "import django; django.setup(); from tests import cast; cast.make_cast()"
        subprocess.run([sys.executable, "-c", people], env=environment, check=True)
        command = _sunshine(home, "import", str(site), "--item", "norms", "--workers", "1")
        for number in range(kills):
            running = subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(1.5 + number * 0.5)
            running.send_signal(signal.SIGKILL)
            running.wait()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        ends.append(_state(home, environment))
        verified = subprocess.run(_sunshine(home, "verify", str(home)), env=environment, check=False)
        assert verified.returncode == 0
    assert ends[0] == ends[1]
    assert len(ends[0][0]) == 270  # type: ignore[arg-type]  # rows of JSON


@pytest.mark.django_db
@pytest.mark.skipif(not REPORT.exists(), reason="the report of the seed is not here")
def test_the_report_of_2018_waits_with_its_flaws_shown():
    report = take_over(plays.make_cast(), REPORT)
    (outcome,) = report.outcomes
    assert outcome.became is Became.WAITS
    told = " ".join(importing.say(reason) for reason in outcome.reasons)
    assert "成文日期" in told
    assert len(outcome.reasons) >= 3
    assert not Record.objects.exists()
    assert not RecordVersion.objects.exists()


@pytest.mark.django_db
@pytest.mark.skipif(not LAWS.exists(), reason="the laws are not here")
def test_real_laws_pass_the_checks_and_tell_their_own_metadata(tmp_path: Path):
    with tarfile.open(LAWS) as archive:
        for info, _number in zip(archive, range(90), strict=False):
            if info.isreg() and info.name.endswith(".md") and info.name.count("/") == 1:
                archive.extract(info, tmp_path / "laws", filter="data")
    report = take_over(plays.make_cast(), tmp_path / "laws", issuer="国务院")
    counts = report.counts()
    assert counts[Became.PUBLISHED] > 0.9 * len(report.outcomes)
    assert Record.objects.filter(kind="law", formed_on__isnull=False).count() > 50
