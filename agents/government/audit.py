"""Does the medical-insurance bureau audit a place, what does it find, and what does that cost?

    audited in a year with p_audited; each unneeded antibiotic is then found with p_found
    fine          = fine_multiple x price of the drug x those found
    expected fine of one unneeded antibiotic = p_audited x p_found x fine_multiple x price

Over-treatment is fined once to twice the loss (the regulation's articles 38 and 40). Audits find more when there are more
of them: recorded violations rise first, and fall when doctors have taken note of what to expect. Source: national audits
of 2019 to 2021. Numbers: audit.toml.
"""

import math

from agents.compiled import compiled
from agents.units import FEN_PER_YUAN


@compiled
def n_found(k, n_unneeded, die):
    """Unneeded antibiotics that an audit finds of so many [prescriptions], whole; `die` rounds."""
    return math.floor(k.p_found * n_unneeded + die)


@compiled
def fine_fen(k, n):
    """Fine for `n` unneeded antibiotics found [fen]."""
    return math.floor(k.fine_multiple * k.drug_yuan * FEN_PER_YUAN) * n


@compiled
def expected_fine_yuan(k):
    """What one more unneeded antibiotic is expected to cost the place [yuan]."""
    return k.p_audited * k.p_found * k.fine_multiple * k.drug_yuan
