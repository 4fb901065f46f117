"""The worker: runs the jobs that the web server's transactions enqueued, and the periodic ones."""

CONCURRENCY = 4
PATIENCE_SECONDS = 15


def work() -> None:
    """Run jobs until told to stop; those in hand are finished first. Jobs that succeeded leave no row behind."""
    from django.core.management import call_command

    options = {
        "--concurrency": str(CONCURRENCY),
        "--shutdown-graceful-timeout": str(PATIENCE_SECONDS),
        "--delete-jobs": "successful",
    }
    call_command("procrastinate", "worker", *(word for option in options.items() for word in option))
