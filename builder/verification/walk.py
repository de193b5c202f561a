"""Looks at the files of a release on a live site, a few at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from threading import local
from urllib.parse import quote

from builder.verification.answers import UNPACKED, Answer, Response
from builder.verification.case import Nowhere
from builder.verification.classify import classify
from builder.verification.fetching import Access, Fetcher
from builder.verification.pace import Pace
from builder.verification.reference import Reference
from builder.verification.verdict import Kind, Verdict

# Files one after the other that were blocked or not reached. If all are in one folder, the rest of that is left alone, and
# a few more decide whether it is the folder or the host.
HOPELESS, MORE = 40, 10


@dataclass(frozen=True, slots=True)
class Walked:
    """The verdicts by path, in the order of the paths, those that were not looked at left out; and how many requests it took.

    `known` counts the verdicts of an unfinished walk before, which were taken over.
    """

    verdicts: dict[str, Verdict]
    unseen: tuple[str, ...]
    requests: int
    known: int = 0


def walk(
    base: str,
    paths: Sequence[str],
    reference: Reference,
    nowhere: Nowhere,
    access: Access,
    pace: Pace,
    on_verdict: Callable[[Verdict], None],
) -> Walked:
    """Look at files of the release at `base`, which ends with ``/``; tell each verdict as it comes, in this thread."""
    own, opened = local(), []

    def look(path: str) -> Verdict | None:
        if pace.stopped.is_set() or _folder(path) in closed:
            return None
        if not hasattr(own, "fetcher"):
            own.fetcher = Fetcher(access)
            opened.append(own.fetcher)
        answer = ask_for(path, base, own.fetcher, pace, reference)
        return classify(path, answer, reference, nowhere)

    verdicts: dict[str, Verdict] = {}
    hopeless: list[str] = []  # the folders of the files that were blocked of late
    closed: set[str] = set()
    with ThreadPoolExecutor(pace.manners.at_once) as pool:
        try:
            for future in as_completed([pool.submit(look, path) for path in paths]):
                if (verdict := future.result()) is None:
                    continue
                verdicts[verdict.path] = verdict
                on_verdict(verdict)
                if verdict.kind not in (Kind.BLOCKED, Kind.UNREACHABLE):
                    hopeless.clear()
                elif (folder := _folder(verdict.path)) not in closed:
                    hopeless.append(folder)
                if len(hopeless) >= HOPELESS:
                    if len(set(hopeless)) > 1:
                        pace.stopped.set()
                    else:
                        closed.add(hopeless[0])
                        del hopeless[HOPELESS - MORE :]
        except BaseException:
            pace.stopped.set()
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            for fetcher in opened:
                fetcher.close()
    seen = {path: verdicts[path] for path in paths if path in verdicts}
    return Walked(seen, tuple(path for path in paths if path not in seen), sum(fetcher.asked for fetcher in opened))


def ask_for(path: str, base: str, fetcher: Fetcher, pace: Pace, reference: Reference) -> Answer:
    """Return the answer for a file. It is asked for twice if it breaks off, or comes packed otherwise than was asked for."""
    size = reference.release.files[path].size
    address = f"{base}{quote(path)}"
    answer = pace.ask(fetcher, address, size)
    if isinstance(answer, Response) and any(_unknown(answer.codings)):
        return pace.ask(fetcher, address, size, "identity")
    if isinstance(answer, Response) and answer.is_cut:  # by chance, or again
        return pace.ask(fetcher, address, size)
    return answer


def _folder(path: str) -> str:
    """Return the folder at the top in which a file is, "" for a file at the top."""
    return path.rpartition("/")[0].partition("/")[0]


def _unknown(codings: Sequence[str]) -> Iterator[bool]:
    return (coding not in UNPACKED for coding in codings)
