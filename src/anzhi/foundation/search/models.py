"""The index."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from anzhi.foundation.access.rows import RegionScoped


class SearchEntry(RegionScoped):
    """One thing that can be found. Rewritten from its source at any time; nothing is kept here alone."""

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    text = models.TextField()
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="search_vector")]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_once")]

    def __str__(self) -> str:
        return self.title
