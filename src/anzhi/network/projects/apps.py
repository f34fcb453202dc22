"""Projects as a Django app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Projects, their counties and milestones."""

    name = "anzhi.network.projects"
    label = "projects"
