"""Taking over 2,854 laws: documents a second through `sunshine import`, and where the time of one goes.

    python -m benchmarks importing [-- /path/to/laws.tar.xz]

The peer is reading alone: the same archive unpacked and each file turned into HTML by the Markdown parser,
on as many processes; whoever imports must do at least this. Beside the time on the wall stands that of the
processors, which a machine that others use at the same time does not lengthen as much.
"""

from __future__ import annotations

import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks import bureau
from sunshine.text import markup

ROOT = Path(__file__).parents[1]
CORPUS = Path(os.environ.get("SUNSHINE_LAWS", ROOT.parent / "shared" / "data" / "laws.tar.xz"))
SAMPLE = 150


def main(arguments: Sequence[str] = ()) -> None:
    """Import the corpus into a fresh installation, again, and measure the parts on a sample."""
    archive = Path(arguments[0]) if arguments else CORPUS
    if not archive.exists():
        print(f"{archive} is not here: nothing measured (name another archive, or set SUNSHINE_LAWS)")
        return
    cores = os.cpu_count() or 1
    print(f"{archive.name}, {cores} cores, load before {os.getloadavg()[0]:.1f}")
    count, seconds = _peer(archive, cores)
    print(f"peer: read and parse alone    {count:>6} files {seconds:>7.1f} s {count / seconds:>8.0f}/s")
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        environment = {
            **bureau.environment(Path(folder)),
            "DJANGO_SETTINGS_MODULE": "sunshine.project.settings",
        }
        # Compiled modules are kept, as on every machine that is not told otherwise.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        sunshine = str(Path(sys.executable).with_name("sunshine"))
        subprocess.run([sunshine, "setup"], env=environment, check=True, stdout=subprocess.DEVNULL)
        people = "import django; django.setup(); from tests import cast; cast.make_cast()"
        subprocess.run([sys.executable, "-c", people], env=environment, cwd=bureau.ROOT, check=True)
        command = [sunshine, "import", str(archive), "--item", "laws", "--new-item", "法律法规"]
        command += ["--department", "全国人民代表大会常务委员会"]
        for name in ("first run", "second run, nothing new"):
            begun, used = time.perf_counter(), _processor_seconds()
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            seconds = time.perf_counter() - begun
            assert done.returncode in (0, 1), done.stderr
            used = _processor_seconds() - used
            rate = f"{count:>6} files {seconds:>7.1f} s {count / seconds:>8.0f}/s, {used:.1f} s of processors"
            print(f"{name:<29} {rate}   {done.stdout.splitlines()[0]}")
        subprocess.run(
            [sys.executable, "-m", "benchmarks.importing", str(archive)],
            env=environment,
            cwd=bureau.ROOT,
            check=True,
        )


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peer(archive: Path, cores: int) -> tuple[int, float]:
    from sunshine.work.documents.reading import sources

    begun = time.perf_counter()
    texts = [source.data.decode("utf-8", "replace") for source in sources.walk(archive) if source.data]
    with ProcessPoolExecutor(cores) as pool:
        for _ in pool.map(markup.from_markdown, texts, chunksize=32):
            pass
    return len(texts), time.perf_counter() - begun


def parts(archive: Path) -> None:
    """Measure on one core what one document costs, step by step; run in an installation."""
    import django

    django.setup()
    from django.utils import timezone

    from sunshine.core.publishing.models import DirectoryItem
    from sunshine.core.publishing.operations import importing
    from sunshine.kernel import commitment
    from sunshine.text import privacy, proofread
    from sunshine.work.documents.reading import heads, reader, sources

    spent: Counter[str] = Counter()

    def timed(name: str, do: Callable[[], object]) -> object:
        begun = time.perf_counter()
        result = do()
        spent[name] += time.perf_counter() - begun
        return result

    found = [source for source in sources.walk(archive) if source.data]
    chosen = found[:: max(1, len(found) // SAMPLE)]
    imports = []
    item = DirectoryItem.objects.get(code="laws")
    for number, source in enumerate(chosen):
        body, text = timed(
            "Markdown to HTML", lambda source=source: reader.from_markdown(source.data.decode())
        )  # type: ignore[misc]  # `timed` gives back whatever it timed
        head = timed(
            "title, dates, number",
            lambda text=text, source=source: heads.of_text(text.split("\n"), name=source.name),
        )
        timed("personal data", lambda text=text: privacy.find(text))
        timed("proofreading, secrecy", lambda text=text: proofread.check(text))
        fields = {"title": head.title or source.name, "body": body, "department": "甲"}  # type: ignore[attr-defined]  # as above
        timed(
            "sealing",
            lambda fields=fields: commitment.seal(fields, commitment.new_salts(fields, secrets.token_hex)),
        )
        imports.append(importing.Import("law", item, fields, (), f"bench/{number}", f"{number:064x}"))
    timed(
        "rows, ledger, log (with sealing)",
        lambda: importing.publish_imported(imports, actor=None, at=timezone.now()),
    )
    print(f"where the time goes, one core, {len(chosen)} of them, load {os.getloadavg()[0]:.1f}:")
    for name, seconds in spent.most_common():
        print(f"  {name:<34} {seconds / len(chosen) * 1000:>7.2f} ms each")


if __name__ == "__main__":
    parts(Path(sys.argv[1]))
