"""What the acts on rankings lead to: the versions, what units object and explain, the office's words at the gate.

Answers for the acts in a round's chain, and in the district's for what has no round (a half-year); then for whether
each version was computed from what was there: the sheets and ledgers where they stood, the finals of the quarters.
Raises as `core.audit_replay` does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from core import audit
from core.audit_findings import Entry, Finding, Kind, Plain, Row, Told, body_of
from core.periods import Period, PeriodKind


@dataclass(frozen=True, slots=True)
class Computed:
    """What one version of a ranking was computed from, as its act tells it.

    `finals` are hashes of bodies, by `2013-Q1 v2`; None where a ranking of this length asks none.
    """

    chain: str
    seq: int
    at: str
    period: str
    kind: str
    told: Mapping[str, Any]
    sheets: Mapping[int, str]
    ledgers: Mapping[int, str]
    counts_ledgers: bool
    finals: Mapping[str, str] | None
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class RankingRows:
    """What the chains lead to, by table, and what each ranking was computed from.

    `since` and `until`: from when to when a version was final; of one that still is, nothing stands in `until`.
    """

    rankings: Told = field(default_factory=dict)
    objections: Told = field(default_factory=dict)
    explanations: Told = field(default_factory=dict)
    gates: Told = field(default_factory=dict)
    computed: list[Computed] = field(default_factory=list)
    since: dict[str, str] = field(default_factory=dict)
    until: dict[str, str] = field(default_factory=dict)

    def add(self, other: RankingRows) -> None:
        """Take in what another chain leads to."""
        for mine, its in zip(self.tables(), other.tables(), strict=True):
            mine[1].update(its[1])
        self.computed.extend(other.computed)
        self.since.update(other.since)
        self.until.update(other.until)

    def tables(self) -> tuple[tuple[str, Told], ...]:
        """By the tables' names, in the order in which they are compared."""
        return (
            ("ranking", self.rankings),
            ("objection", self.objections),
            ("explanation", self.explanations),
            ("gate", self.gates),
        )


def replay_rankings(chain: str, entries: Sequence[Entry], of_round: Row | None) -> RankingRows:
    """What the acts of one chain lead to; without a round each act tells which ranking it is about."""
    found = RankingRows()
    for entry in entries:
        act = _ACTS.get(str(entry.act))
        if act is not None:
            told = body_of(entry)
            about = of_round or {"period": told["period"], "unit_kind": told["kind"]}
            act(_Act(found, chain, about, entry, told))
    return found


def check_computed(found: RankingRows) -> Iterator[Finding]:
    """Whether the rankings have the hashes and roots of their inputs, and the finals that counted then."""
    for each in found.computed:
        yield from _check_finals(found, each)
        heads = [(f"sheet:{sheet_id}", head) for sheet_id, head in each.sheets.items()]
        heads += [(f"ledger:{unit_id}", head) for unit_id, head in each.ledgers.items()]
        for name in each.finals or {}:
            key = _key_of(name, each.kind)
            heads.append((f"ranking:{name.replace(' ', ':')}", str(found.rankings.get(key, {}).get("audit_root"))))
        true = {"inputs": sha256(str(each.told["pinned"]).encode()).hexdigest(), "root": audit.root(heads)}
        for name, value in true.items():
            if each.told[name] != value:
                row, there = f"{each.chain}/{each.seq}", each.told[name]
                yield Finding(Kind.PIN, each.chain, "audit", row, name, each.seq, expected=value, found=there)


def check_pin(chain: str, entries: Sequence[Entry], at: str, head: str | None, *, owed: bool) -> Finding | None:
    """Whether a ranking that was computed at a moment took this chain as it stood then.

    `head` None: the ranking left it out, which is wrong where it was `owed`: a sheet that was handed in, a ledger that
    had begun.
    """
    possible = [entries[length - 1].hash for length in _lengths(entries, at)]
    if head in possible or (head is None and not (owed and possible)):
        return None
    seq = next((index for index, entry in enumerate(entries, start=1) if entry.hash == head), None)
    found = possible[-1] if possible else None
    return Finding(Kind.PIN, chain, "ranking", chain, "audit_root", seq, expected=head, found=found)


def was_submitted(entries: Sequence[Entry], at: str) -> bool:
    """Whether a sheet was surely handed in at a moment."""
    states = [
        next((entry.act for entry in reversed(entries[:length]) if entry.act in {"submit", "return"}), None)
        for length in _lengths(entries, at)
    ]
    return bool(states) and all(state == "submit" for state in states)


def _lengths(entries: Sequence[Entry], at: str) -> range:
    """How long a chain may have been at a moment: what came at that very moment may have come before or after."""
    surely = sum(1 for entry in entries if str(entry.at) < at)
    return range(max(surely, 1), sum(1 for entry in entries if str(entry.at) <= at) + 1)


@dataclass(frozen=True, slots=True)
class _Act:
    """One act on the ranking that `about` names, and what it changes of what was found until then."""

    found: RankingRows
    chain: str
    about: Row
    entry: Entry
    told: Mapping[str, Any]

    def rank(self) -> None:
        """A version more. Versions before 0006 told neither until when to object nor kept inputs; all were final."""
        found, told, entry, at = self.found, self.told, self.entry, str(self.entry.at)
        earlier = [key for key in found.rankings if key.startswith(f"{self._ranking}/")]
        version = told.get("version", len(earlier) + 1)
        if version != len(earlier) + 1:
            raise ValueError(f"version {version} after {len(earlier)}")
        for key in earlier:
            found.rankings[key]["state"] = "superseded"
            found.until.setdefault(key, at)
        is_new = "objections_until" in told
        is_final = not is_new or told["state"] == "final"
        row: dict[str, Plain] = {
            "inputs": told["inputs"] if is_new else None,
            "inputs_hash": told["inputs"],
            "audit_root": told["root"],
            "computed_at": entry.at,
            "objections_until": told.get("objections_until"),
            "final_at": entry.at if is_final else None,
        }
        row |= {name: self.about[name] for name in ("rubric_hash", "policy_hash") if name in self.about}
        row |= {f"{name}_hash": told[name] for name in ("rubric", "policy") if name in told}
        row |= {name: told[name] for name in ("state", "body") if name in told}
        found.rankings[f"{self._ranking}/{version}"] = row
        if is_final:
            found.since[f"{self._ranking}/{version}"] = at
        if "pinned" in told:
            found.computed.append(self._computed())

    def open_objections(self) -> None:
        """Until when it may be objected to is known since the holidays are."""
        self.found.rankings[self._version]["objections_until"] = self.told["until"]

    def final(self) -> None:
        """It counts from now on."""
        self.found.rankings[self._version] |= {"state": "final", "final_at": self.entry.at}
        self.found.since[self._version] = str(self.entry.at)

    def object(self) -> None:
        """A unit objects."""
        names = ("prompt_id", "items", "text", "raised_at")
        self.found.objections[str(self.told["objection"])] = {
            "ranking_id": self._version,
            "unit_id": self.told["unit"],
            "person_id": self.entry.person,
            **{name: self.told[name] for name in names},
            "state": "open",
            "decided_by": None,
            "decided_at": None,
            "decision": None,
        }

    def decide(self) -> None:
        """The office says what it makes of an objection."""
        self.found.objections[str(self.told["objection"])] |= {
            "state": "upheld" if self.entry.act == "uphold" else "rejected",
            "decided_by": self.entry.person,
            "decided_at": self.entry.at,
            "decision": self.told["reason"],
        }

    def explain(self) -> None:
        """A unit explains its last place."""
        key = f"{self.told['unit']}/{self.about['period']}/{self.told['version']}"
        told = {name: self.told[name] for name in ("prompt_id", "text", "filed_at")}
        self.found.explanations[key] = {**told, "person_id": self.entry.person}

    def let_through(self) -> None:
        """The office's word at the gate; of a round that closed again the newest stands."""
        self.found.gates[self._ranking] = {"person_id": self.entry.person, "opened_at": self.entry.at}

    @property
    def _ranking(self) -> str:
        return f"{self.about['period']}/{self.about['unit_kind']}"

    @property
    def _version(self) -> str:
        return f"{self._ranking}/{self.told['version']}"

    def _computed(self) -> Computed:
        inputs = json.loads(self.told["pinned"])
        return Computed(
            chain=self.chain,
            seq=int(str(self.entry.seq)),
            at=str(self.entry.at),
            period=str(self.about["period"]),
            kind=str(self.about["unit_kind"]),
            told=self.told,
            sheets={int(each): head for each, head in inputs.get("sheets", {}).items()},
            ledgers={int(each): head for each, head in inputs.get("ledgers", {}).items()},
            counts_ledgers="ledgers" in inputs,
            finals=inputs.get("finals"),
            units=frozenset(map(int, inputs["units"])),
        )


_ACTS = {
    "rank": _Act.rank,
    "open_objections": _Act.open_objections,
    "final": _Act.final,
    "object": _Act.object,
    "uphold": _Act.decide,
    "reject_objection": _Act.decide,
    "explain": _Act.explain,
    "let_through": _Act.let_through,
}


def _key_of(name: str, kind: str) -> str:
    """The key of the version that is pinned as `2013-Q1 v2`."""
    quarter, version = name.split(" v")
    return f"{quarter}/{kind}/{version}"


def _check_finals(found: RankingRows, each: Computed) -> Iterator[Finding]:
    """Whether a half-year or year took the finals that counted then, all of them, as they were."""
    if each.finals is None:
        return
    pinned = {_key_of(name, each.kind): digest for name, digest in each.finals.items()}
    quarters = [f"{quarter}/{each.kind}/" for quarter in Period.parse(each.period).parts(PeriodKind.QUARTER)]
    for key in found.since:
        is_owed = key not in pinned and key[: key.rindex("/") + 1] in quarters
        if is_owed and _was_final(found, key, each.at, surely=True):
            body = found.rankings[key].get("body")
            yield Finding(Kind.PIN, each.chain, "ranking", key, "finals", each.seq, expected=body)
    for key, digest in pinned.items():
        body = found.rankings.get(key, {}).get("body")
        if not _was_final(found, key, each.at, surely=False) or digest != body:
            yield Finding(Kind.PIN, each.chain, "ranking", key, "finals", each.seq, expected=body, found=digest)


def _was_final(found: RankingRows, key: str, at: str, *, surely: bool) -> bool:
    """Whether a version counted at a moment; what changed at that very moment may have come before or after."""
    since, until = found.since.get(key), found.until.get(key)
    if since is None:
        return False
    if surely:
        return since < at and (until is None or at < until)
    return since <= at and (until is None or at <= until)
