"""Rows that belong to a region: the field, the queryset, the abstract model."""

from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models

from anzhi.foundation.access.context import Scope


class RegionCodeField(models.CharField):
    """A 12-digit region code: varchar(12) in collation "C", so that a prefix is an index range."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": 12, "db_collation": "C"}
        kwargs.setdefault("validators", [RegexValidator(r"^\d{12}$")])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave out what every such field has."""
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "db_collation", "validators"):
            kwargs.pop(key, None)
        return name, path, args, kwargs


class ScopedQuerySet(models.QuerySet):
    """Rows that can be asked for by scope; row-level security stands behind it."""

    def within(self, scope: Scope | str) -> Self:
        """Only rows whose region lies inside `scope` (a Scope or a prefix)."""
        low, high = (scope if isinstance(scope, Scope) else Scope(scope)).bounds
        return self.filter(region_code__gte=low, region_code__lt=high)


class RegionScoped(models.Model):
    """Base of every table with rows of a region. Its migration must add `operations.RowSecurity`."""

    region_code = RegionCodeField(db_index=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
