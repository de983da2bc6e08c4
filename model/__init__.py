"""The world and its clock: scenario, population, illness, network, ledger, week, indicators, alliance."""
