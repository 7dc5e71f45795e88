"""Generalised-assignment instances: text or zip to the model that plans also go through.

Comes in: a file in the format of bench/gap/SOURCES.md (m n; m x n costs agent by agent; m x n loads;
m capacities; white space between numbers, lines anywhere). Goes out: `GapInstance` and its `Model`.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from posada.placement.model import Level, Model

Ints = NDArray[np.int64]
FOLDER = Path(__file__).parent / "gap"


class NotAnInstance(ValueError):  # noqa: N818
    """The file is no instance; the message says what was found."""


@dataclass(frozen=True, slots=True)
class GapInstance:
    """`cost` and `load` are (agents, jobs), `capacity` is (agents,)."""

    name: str
    cost: Ints
    load: Ints
    capacity: Ints

    @property
    def agents(self) -> int:
        """How many agents (bins)."""
        return int(self.cost.shape[0])

    @property
    def jobs(self) -> int:
        """How many jobs (items)."""
        return int(self.cost.shape[1])


def read_instance(path: Path) -> GapInstance:
    """The instance in a text file or in a zip of one text file. Raises NotAnInstance."""
    try:
        text = _text(path)
        numbers = np.array(text.split(), dtype=np.int64)
    except (OSError, UnicodeDecodeError, ValueError, zipfile.BadZipFile) as error:
        raise NotAnInstance(f"{path}: not an instance ({error}).") from error
    if len(numbers) < 2 or numbers[:2].min() < 1:
        raise NotAnInstance(f"{path}: must begin with the numbers of agents and of jobs.")
    agents, jobs = (int(n) for n in numbers[:2])
    table = agents * jobs
    wanted = 2 + 2 * table + agents
    if len(numbers) != wanted:
        raise NotAnInstance(
            f"{path}: {agents} agents and {jobs} jobs take {wanted} numbers, not {len(numbers)}."
        )
    return GapInstance(
        name=path.name.split(".")[0],
        cost=numbers[2 : 2 + table].reshape(agents, jobs),
        load=numbers[2 + table : 2 + 2 * table].reshape(agents, jobs),
        capacity=numbers[2 + 2 * table :],
    )


def _text(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="ascii")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if len(names) != 1:
            raise ValueError(f"{len(names)} files in the zip")
        return archive.read(names[0]).decode("ascii")


def model_of(instance: GapInstance, *, is_max: bool) -> Model:
    """Jobs as items that must all be placed, agents as bins; one level, no counsel.

    Pairs that can never fit (load above the agent's capacity) are left out.
    """
    fits = (instance.load <= instance.capacity[:, None]).T  # (jobs, agents): sorted by item, then bin
    job, agent = (found.astype(np.int64) for found in np.nonzero(fits))
    level = Level("profit" if is_max else "cost", "max" if is_max else "min", instance.cost[agent, job])
    return Model(
        item_count=np.ones(instance.jobs, dtype=np.int64),
        item_must=np.ones(instance.jobs, dtype=np.bool_),
        capacity=instance.capacity.reshape(1, -1),
        edge_item=job,
        edge_bin=agent,
        load=instance.load[agent, job].reshape(1, -1),
        levels=(level,),
        edge_desk=np.full(len(job), -1, dtype=np.int64),
    )


def value_of(instance: GapInstance, model: Model, x: Ints) -> int:
    """The objective of x, worked out from the instance itself.

    Raises ValueError where a job is not done exactly once or an agent is overloaded.
    """
    agent, job = model.edge_bin[x > 0], model.edge_item[x > 0]
    if len(job) != instance.jobs or len(set(job.tolist())) != instance.jobs or x.max(initial=0) > 1:
        raise ValueError(f"{instance.name}: not every job is assigned exactly once")
    used = np.bincount(agent, weights=instance.load[agent, job], minlength=instance.agents)
    if (used > instance.capacity).any():
        raise ValueError(f"{instance.name}: an agent is overloaded")
    return int(instance.cost[agent, job].sum())


def recorded_bounds() -> dict[str, tuple[int, int]]:
    """Name with sense (`c0515_1_Max`) -> recorded lower and upper bound, of bench/gap/bounds.txt."""
    found = {}
    for line in (FOLDER / "bounds.txt").read_text(encoding="ascii").splitlines():
        if line.strip():
            name, lower, upper = line.split()
            found[name] = (int(lower), int(upper))
    return found


SMALL_PREFIXES = (
    *("c0515", "c0520", "c0525", "c0530"),
    *("c0824", "c0832", "c0840", "c0848"),
    *("c1030", "c1040", "c1050", "c1060"),
)
LARGE_NAMES = tuple(f"{kind}{size}" for kind in "cde" for size in ("20200", "40400", "60900", "801600"))
"""The twelve named ones: every kind at 4,000, 16,000, 54,000 and 128,000 pairs."""


def small_names() -> list[str]:
    """The 60 maximisation instances."""
    return [f"{prefix}_{k}" for prefix in SMALL_PREFIXES for k in range(1, 6)]


def other_names() -> list[str]:
    """Every other minimisation instance, sorted."""
    taken = {*small_names(), *LARGE_NAMES}
    return sorted({path.stem for path in FOLDER.glob("*.zip")} - taken)
