# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Runs the measurements in rotation and prints medians against floor and aim."""

import json
import os
import statistics

from . import servers


def verdict(figure, value):
    def holds(limit):
        return value >= limit if figure.higher else value <= limit

    return "aim" if holds(figure.aim) else "floor" if holds(figure.floor) else "BELOW"


def shown(value, unit):
    return f"{value:.2f} {unit}" if value < 100 else f"{value:.0f} {unit}"


def line_of(figure, values):
    median = statistics.median(values)
    sign = "≥" if figure.higher else "≤"
    limits = f"{sign} {figure.floor:g} / {figure.aim:g}"
    spread = f"{min(values):.3g}–{max(values):.3g}"
    return median, f"  {figure.text:68} {shown(median, figure.unit):>11}  {spread:>13}  {limits:>12}  {verdict(figure, median)}"


def round_of(measurement):
    ours = measurement.ours()
    return ours, measurement.peer() if measurement.peer else None


def run(measurements, rounds, only):
    """True when every floor holds. Ours, Node, ours, Node, …, for each measurement."""
    results = {}
    is_good = True
    print(f"  {'':68} {'median':>11}  {'range':>13}  {'floor / aim':>12}")
    for measurement in measurements:
        if only and not any(measurement.name.startswith(word) for word in only):
            continue
        try:
            pairs = [round_of(measurement) for _ in range(rounds)]
        except servers.Failed as failure:
            print(f"  {measurement.name}: FAILED: {failure}")
            is_good = False
            continue
        results[measurement.name] = entry = {"rounds": [{"ours": ours, "peer": peer} for ours, peer in pairs], "figures": []}
        for figure in measurement.figures:
            median, line = line_of(figure, [figure.value(ours, peer) for ours, peer in pairs])
            print(line, flush=True)
            word = verdict(figure, median)
            entry["figures"].append({"text": figure.text, "median": median, "floor": figure.floor, "aim": figure.aim, "verdict": word})
            is_good = is_good and word != "BELOW"
        print(f"    {detail(pairs)}", flush=True)
    with open(os.path.join(servers.WORK, "results.json"), "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    return is_good


def detail(pairs):
    def median(which, name):
        values = [pair[which][name] for pair in pairs if pair[which] and name in pair[which]]
        return statistics.median(values) if values else None

    parts = []
    for which, who in ((0, "ours"), (1, "peer")):
        cpu, rate = median(which, "cpu_us_each"), median(which, "per_second")
        if cpu is not None:
            parts.append(f"{who}: {cpu:.2f} µs CPU each, {rate:,.0f}/s")
    return "; ".join(parts)
