"""The lists behind two fields of the form: hardware with prices, and who can pay."""

from __future__ import annotations

from ..spec.collect import Errors
from ..spec.draft import DEFAULT_FLAVOR
from ..spec.job_spec import JobSpec
from ..widgets.flavor_picker import FlavorPicker
from ..widgets.list_field import ListField
from ..widgets.payer_picker import PayerPicker
from .base import DashboardScreen


def open_list(
    screen: DashboardScreen, field: ListField, built: JobSpec | Errors, *, refused: str = ""
) -> None:
    """Open the list of a field; what is chosen there goes into it.

    `refused` is a namespace to get away from.
    """

    def chosen(value: str | None) -> None:
        if value is not None:
            field.take(value)

    if field.field == "flavor":
        spec = built if isinstance(built, JobSpec) else None
        limit = (spec.timeout_seconds, spec.attempts) if spec else (None, None)
        flavor = field.value or (spec.flavor if spec else DEFAULT_FLAVOR)
        catalogue = screen.host.catalogue
        typed = "" if catalogue.get(field.value.strip()) else field.value.strip()
        screen.app.push_screen(FlavorPicker(catalogue, flavor, *limit, typed), chosen)
    elif screen.host.identity is None:
        screen.say("who is logged in is not known yet; any name can be typed")
    else:
        screen.app.push_screen(PayerPicker(screen.host.identity, field.value, refused), chosen)
