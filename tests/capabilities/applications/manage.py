"""Starts Django's server as a project does: `python manage.py runserver`."""

import django_app  # noqa: F401 - it holds the settings
from django.core.management import execute_from_command_line

execute_from_command_line()
