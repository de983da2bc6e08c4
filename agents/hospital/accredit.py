"""Who is trained, who sits the examination, who passes?

    result = skill + sd(skill) x sqrt(1 / reliability - 1) x noise,   passed if result >= cut

The cut is absolute. It is solved once so that the share pass_rate of first sittings reaches it *under baseline
training*: better training then lets more pass. Doctors sit at least weeks_between_sittings apart, n_sittings_in_a_row
times, then again after weeks_of_pause. A certificate lasts weeks_of_certificate and is renewed by examination, so that
a stricter examination touches those who hold one. Training places come from the experts' hours; renewals go first.
Numbers: accredit.toml.
"""

import math

from agents.compiled import compiled


@compiled
def result(k, skill, sd_skill, noise):
    """Result of one sitting [skill units]; `noise` is standard normal, keyed by doctor and sitting."""
    return skill + sd_skill * math.sqrt(1.0 / k.reliability - 1.0) * noise


@compiled
def may_sit(k, n_sittings, weeks_since_sitting):
    """[bool] Whether a doctor without a certificate may sit now."""
    if n_sittings == 0:
        return True
    if n_sittings % k.n_sittings_in_a_row == 0:
        return weeks_since_sitting >= k.weeks_of_pause
    return weeks_since_sitting >= k.weeks_between_sittings


@compiled
def must_renew(k, weeks_since_certified, weeks_to_next_sitting):
    """[bool] Whether a certificate would run out before the next sitting."""
    return weeks_since_certified + weeks_to_next_sitting > k.weeks_of_certificate
