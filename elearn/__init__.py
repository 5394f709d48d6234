"""The Flask application: settings, models, services, pages, jobs and the command line."""
