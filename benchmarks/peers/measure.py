"""Runs a command and says what it cost: CPU and wall seconds, peak memory, private and shared.

Private memory (RssAnon) is what each further process costs again; shared memory (RssFile) is the mapped index, which all
processes of a machine have together. The kernel keeps a peak of their sum only, so a thread samples both while the command
runs; peaks shorter than the sampling interval are missed.
"""
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

INTERVAL = 0.01   # seconds between two looks at the memory


@dataclass
class Cost:
    cpu: float       # seconds, user and system
    wall: float      # seconds
    private: float   # MiB at the peak
    shared: float    # MiB at the peak


def memory_of(pid, program):
    """(private, shared) KiB of a process, or None when it is not (or not any more) that program."""
    try:
        if os.path.realpath(os.readlink(f"/proc/{pid}/exe")) != program:
            return None
        with open(f"/proc/{pid}/status") as status:
            rows = dict(line.split(":", 1) for line in status)
        return tuple(int(rows[name].split()[0]) for name in ("RssAnon", "RssFile"))
    except (OSError, KeyError):
        return None


def run(command, stdout=subprocess.DEVNULL):
    """Runs a command (a list, no shell; the program by its path) to its end and returns its Cost; ends this program if it fails."""
    program = os.path.realpath(command[0])
    peak = [0, 0]
    done = threading.Event()

    def sample(pid):
        while not done.is_set():
            now = memory_of(pid, program)
            if now:
                peak[0], peak[1] = max(peak[0], now[0]), max(peak[1], now[1])
            done.wait(INTERVAL)

    start = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE)
    sampler = threading.Thread(target=sample, args=(child.pid,))
    sampler.start()
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    sampler.join()
    child.stderr.close()
    if child.returncode:
        sys.exit(f"failed ({child.returncode}): {' '.join(command)}\n{said.decode(errors='replace')[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, peak[0] / 1024, peak[1] / 1024)


def in_turn(commands, rounds):
    """Runs the commands A B A B ... and returns the costs of each. Machines drift: neighbours in time are what can be compared."""
    costs = [[] for _ in commands]
    for command in commands:
        run(command)   # warms caches; not counted
    for _ in range(rounds):
        for cost, command in zip(costs, commands):
            cost.append(run(command))
    return costs
