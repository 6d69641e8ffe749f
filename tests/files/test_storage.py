import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diary.domain.errors import NotFound
from diary.files.storage import Storage

ROOT = Path(__file__).parents[2]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ONE_DAY_AFTER = LONG_AGO + timedelta(days=1)


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path / "evidence")


def _nobody(digests):
    """No row names any of them."""
    return ()


def age(path):
    os.utime(path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))


def files_under(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_is_put_can_be_read_by_its_sha256(storage):
    sha256 = storage.put(b"minh chung")
    assert sha256 == hashlib.sha256(b"minh chung").hexdigest()
    assert storage.exists(sha256)
    assert storage.read(sha256) == b"minh chung"
    with storage.open(sha256) as file:
        assert file.read(4) == b"minh"


def test_files_fan_out_over_two_levels_of_folders(storage):
    sha256 = storage.put(b"x")
    assert storage.path(sha256) == storage.root / sha256[:2] / sha256[2:4] / sha256
    assert storage.path(sha256).is_file()


def test_the_same_content_stands_there_once(storage):
    assert storage.put(b"x") == storage.put(b"x")
    assert len(files_under(storage.root)) == 1


def test_no_unfinished_file_is_left_behind(storage):
    sha256 = storage.put(b"x")
    assert files_under(storage.root) == [sha256]


def test_only_the_programs_own_account_may_read_a_file(storage):
    assert storage.path(storage.put(b"x")).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 64 + "\n", "../" + "a" * 61])
def test_a_name_that_is_no_sha256_leads_nowhere(storage, name):
    assert not storage.exists(name)
    for act in (storage.path, storage.read, storage.open, storage.delete):
        with pytest.raises(NotFound):
            act(name)


def test_a_file_that_is_not_here_is_not_found(storage):
    with pytest.raises(NotFound, match="Không tìm thấy tệp minh chứng"):
        storage.read("0" * 64)


def test_delete_takes_the_file_away_and_says_whether_it_was_here(storage):
    sha256 = storage.put(b"x")
    assert storage.delete(sha256)
    assert not storage.exists(sha256)
    assert not storage.delete(sha256)


def test_a_file_the_disk_cut_short_is_made_whole_by_the_next_put(storage):
    sha256 = storage.put(b"whole")
    storage.path(sha256).write_bytes(b"who")
    storage.put(b"whole")
    assert storage.read(sha256) == b"whole"


def test_damaged_names_the_files_that_changed_on_disk(storage):
    good, bad = storage.put(b"good"), storage.put(b"bad")
    storage.path(bad).write_bytes(b"dab")
    assert list(storage.damaged()) == [bad]
    assert set(storage.digests()) == {good, bad}


def test_an_empty_store_has_nothing(storage):
    assert list(storage.digests()) == []
    assert storage.sweep(_nobody, ONE_DAY_AFTER) == ()


def test_sweep_removes_old_orphans_and_nothing_else(storage):
    known, old, fresh = storage.put(b"known"), storage.put(b"old"), storage.put(b"fresh")
    age(storage.path(known))
    age(storage.path(old))
    assert storage.sweep({known}.intersection, ONE_DAY_AFTER) == (old,)
    assert set(storage.digests()) == {known, fresh}


def test_a_sweep_among_some_files_leaves_the_others_alone(storage):
    here, there = storage.put(b"here"), storage.put(b"there")
    for sha256 in (here, there):
        age(storage.path(sha256))
    assert storage.sweep(_nobody, ONE_DAY_AFTER, [here, here]) == (here,)
    assert set(storage.digests()) == {there}


def test_a_file_put_again_while_the_sweep_asks_who_names_it_stays(storage):
    sha256 = storage.put(b"x")
    age(storage.path(sha256))

    def put_again(digests):
        storage.put(b"x")
        return ()

    assert storage.sweep(put_again, ONE_DAY_AFTER) == ()
    assert storage.read(sha256) == b"x"


def test_a_sweep_asks_about_some_hundreds_of_files_at_once(storage, monkeypatch):
    monkeypatch.setattr("diary.files.storage._AT_ONCE", 2)
    for number in range(5):
        age(storage.path(storage.put(b"%d" % number)))
    asked = []
    storage.sweep(lambda digests: asked.append(len(digests)) or digests, ONE_DAY_AFTER)
    assert asked == [2, 2, 1] and len(list(storage.digests())) == 5


def test_an_orphan_put_again_starts_a_new_life(storage):
    sha256 = storage.put(b"x")
    age(storage.path(sha256))
    storage.put(b"x")
    assert storage.sweep(_nobody, ONE_DAY_AFTER) == ()


def test_sweep_clears_what_crashed_writes_left(storage):
    storage.put(b"x")
    leftover, fresh = storage.root / "tmp" / "crashed", storage.root / "tmp" / "being-written"
    leftover.write_bytes(b"half")
    fresh.write_bytes(b"half")
    age(leftover)
    storage.sweep(_nobody, ONE_DAY_AFTER)
    assert (leftover.exists(), fresh.exists()) == (False, True)


def test_a_time_without_a_zone_is_refused_before_anything_is_removed(storage):
    sha256 = storage.put(b"x")
    age(storage.path(sha256))
    with pytest.raises(ValueError, match="time zone"):
        storage.sweep(_nobody, datetime(2021, 1, 1))
    assert storage.exists(sha256)


def test_many_threads_may_put_the_same_content_at_once(storage):
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda n: storage.put(b"same" if n % 2 else b"other"), range(64)))
    assert files_under(storage.root) == sorted(digests)
    assert len(digests) == 2


KILL_AT_EACH_LINE = """
import os, signal, sys, types
from pathlib import Path

package = types.ModuleType("diary")  # the store alone, without the application around it
package.__path__ = ["diary"]
sys.modules["diary"] = package
from diary.files.storage import Storage

def put_and_die_at(step, root):
    lines = 0
    def watch(frame, event, arg):
        nonlocal lines
        if frame.f_code.co_filename.endswith("storage.py"):
            lines += event == "line"
            if lines == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return watch
    sys.settrace(watch)
    Storage(root).put(b"0123456789" * 20000)
    os._exit(0)

step, status = 0, 1
while status != 0 and step < 500:
    step += 1
    child = os.fork() or put_and_die_at(step, Path(sys.argv[1]) / str(step))
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), status
print(step)
"""


def test_a_kill_at_any_line_leaves_the_whole_file_or_none(tmp_path):
    content = b"0123456789" * 20000
    run = subprocess.run(
        [sys.executable, "-c", KILL_AT_EACH_LINE, str(tmp_path)], cwd=ROOT, timeout=120, check=True, capture_output=True, text=True
    )
    stores = [Storage(tmp_path / str(step)) for step in range(1, int(run.stdout) + 1)]
    sha256 = hashlib.sha256(content).hexdigest()
    there = [storage.exists(sha256) for storage in stores]
    assert len(stores) > 20
    assert (there[0], there[-1]) == (False, True)
    for storage in stores:
        assert list(storage.damaged()) == []
        storage.put(content)
        assert storage.read(sha256) == content
