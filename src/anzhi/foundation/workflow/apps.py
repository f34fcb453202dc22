"""Workflow as a Django app."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Definitions, running cases, their tasks and their log."""

    name = "anzhi.foundation.workflow"
    label = "workflow"
