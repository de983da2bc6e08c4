"""How much of an answer's variance does each number bring? Sobol's indices.

    S1 = variance of the answer's mean given the parameter / variance of the answer           alone
    ST = mean of the answer's variance given all others / variance of the answer              with all it does together with others

All parameters vary at once and independently, each evenly over its range, in Saltelli's design: N blocks of D + 2 points. Sample,
indices and bootstrapped 95 % intervals are SALib's. A block in which any point gave no answer is left out whole, and counted: what
remains is about worlds that have the answer. Where more than half of the blocks are, the output gets no indices. The first blocks
are the same however many are asked for.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.sensitivity.outputs import Table

N_RESAMPLES, BOOTSTRAP_SEED = 1_000, 20
LEAST_BLOCKS_KEPT = 0.5
INDICES = {"S1": "s1", "S1_conf": "s1_conf", "ST": "st", "ST_conf": "st_conf"}
FEWEST_BLOCKS, MOST_BLOCKS = 8, 4_096


def blocks(n_axes: int, n_blocks: int, seed: int) -> np.ndarray:
    """The points of the design as shares of the ranges, (n_blocks x (n_axes + 2), n_axes)."""
    from SALib.sample.sobol import sample

    return np.asarray(sample(_problem(n_axes), n_blocks, calc_second_order=False, seed=np.random.default_rng(seed)))


def _problem(n: int) -> dict[str, object]:
    return {"num_vars": n, "names": [str(place) for place in range(n)], "bounds": [[0.0, 1.0]] * n}


def indices(answers: np.ndarray, n_axes: int) -> dict[str, np.ndarray]:
    """S1, ST and their intervals of every parameter, by SALib; NaN if too many answers are missing or none differs."""
    by_block = answers.reshape(-1, n_axes + 2)
    is_whole = np.isfinite(by_block).all(axis=1)
    kept = by_block[is_whole].ravel()
    if is_whole.sum() < max(2, LEAST_BLOCKS_KEPT * len(by_block)) or np.ptp(kept) == 0:
        return {name: np.full(n_axes, np.nan) for name in INDICES.values()}
    from SALib.analyze.sobol import analyze

    said = analyze(_problem(n_axes), kept, calc_second_order=False, num_resamples=N_RESAMPLES, seed=BOOTSTRAP_SEED)
    return {name: np.asarray(said[its]) for its, name in INDICES.items()}


def table_of(names: Sequence[str], output: str, answers: np.ndarray) -> Table:
    """One row a parameter for one output after a quarter, half and all of the blocks; answers (n_points,)."""
    n_blocks = len(answers) // (len(names) + 2)
    tables = []
    for n in sorted({n_blocks // 4, n_blocks // 2, n_blocks} - {0}):
        part = answers[: n * (len(names) + 2)]
        n_missing = int((~np.isfinite(part.reshape(n, -1)).all(axis=1)).sum())
        head = {"n_blocks": n, "n_blocks_left_out": n_missing, "parameter": list(names), "output": output}
        tables.append(pd.DataFrame(head | indices(part, len(names))))
    return pd.concat(tables, ignore_index=True)
