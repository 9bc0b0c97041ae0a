"""An independent generator's word on the same workloads, and the peers that are installed: runs the `bench.py` of a folder such as
../shared/bench in a copy, and sets its ratios beside this one's."""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

LIMITS = ("limit-each", "limit-batch")
PEERS = {"inspircd": "inspircd", "ejabberdctl": "ejabberd", "prosody": "prosody"}  # program -> its name there
NODE_PEERS = ("ws", "socketio")


def installed():
    return [name for program, name in PEERS.items() if shutil.which(program)]


def prepare(source, to):
    """A copy of the folder with its programs built; the peers that can run there."""
    shutil.copytree(source, to, ignore=shutil.ignore_patterns("local", "results", "node_modules"))
    for path in (to, *to.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)  # what it was copied from may be read-only
    flags = ["g++", "-std=c++20", "-O2"]
    subprocess.run([*flags, "-o", "wsload", "wsload.cpp"], cwd=to, check=True)
    subprocess.run([*flags, "-o", "limit", "limit.cpp", "-luring"], cwd=to, check=True)
    node = to / "peers/node"
    has_node = shutil.which("npm") and subprocess.run(["npm", "install", "--silent"], cwd=node, stdout=subprocess.DEVNULL).returncode == 0
    return [*installed(), *(NODE_PEERS if has_node else ())]


def costs(results, workload, peer):
    """CPU ms per 1,000 deliveries, a run each."""
    runs = [json.loads(file.read_text()) for file in sorted(results.glob(f"{workload}-{peer}-*.json"))]
    return [run["traffic"]["server_cpu_ms_per_1000"] for run in runs if "traffic" in run]


def compare(source, workloads, rounds, hearth, own_ratio):
    """Prints the folder's table, then each workload's ratio to a send per delivery as both generators have it.
    `own_ratio(workload)` is this one's."""
    with tempfile.TemporaryDirectory(prefix="hearth-peers-", dir=os.environ.get("BENCH_DIR")) as folder:
        there, results = Path(folder, "bench"), Path(folder, "results")
        peers = ["hearth", *LIMITS, *prepare(source, there)]
        command = [sys.executable, "bench.py"]
        subprocess.run([*command, "run", "--peers", ",".join(peers), "--workloads", ",".join(workloads), "--repeats", str(rounds), "--results", results],
                       cwd=there, env={**os.environ, "HEARTH": os.path.abspath(hearth)}, check=True)
        subprocess.run([*command, "table", "--results", results], cwd=there, check=True)
        print("\nCost as a multiple of a send per delivery:")
        for name in workloads:
            each = costs(results, name, "limit-each")
            if not each:
                continue
            theirs = ", ".join(f"{peer} {statistics.median(cost) / statistics.median(each):.2f}"
                               for peer in peers if peer != "limit-each" and (cost := costs(results, name, peer)))
            print(f"  {name}: {theirs}; hearth by this generator {own_ratio(name):.2f}", flush=True)
