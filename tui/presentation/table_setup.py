"""How a user has arranged the jobs table: kept from one session to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.convert import as_mapping, as_str, as_string_pairs, as_strings
from .column_choice import ColumnChoice
from .folding import Fold

NATURAL_SORT = ("state", False)


@dataclass(frozen=True, slots=True)
class TableSetup:
    """Order, columns, folding and the filters saved by name."""

    sort: tuple[str, bool] = NATURAL_SORT
    columns: ColumnChoice = field(default_factory=ColumnChoice)
    fold: Fold = field(default_factory=Fold)
    filters: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return {
            "sort": {"column": self.sort[0], "turned": self.sort[1]},
            "columns": self.columns.as_json(),
            "fold": {"names": sorted(self.fold.names), "all_but": self.fold.all_but},
            "filters": dict(self.filters),
        }


def setup_from_json(value: Any) -> TableSetup:
    """Read what a file holds; what is missing or of a wrong kind is as at first."""
    data = as_mapping(value)
    sort, columns, fold = (as_mapping(data.get(key)) for key in ("sort", "columns", "fold"))
    return TableSetup(
        sort=(as_str(sort.get("column")) or NATURAL_SORT[0], sort.get("turned") is True),
        columns=ColumnChoice(
            as_strings(columns.get("order")),
            frozenset(as_strings(columns.get("turned"))),
            as_strings(columns.get("wanted")),
        ),
        fold=Fold(frozenset(as_strings(fold.get("names"))), fold.get("all_but") is True),
        filters=as_string_pairs(data.get("filters")),
    )
