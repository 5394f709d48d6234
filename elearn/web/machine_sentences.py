"""The sentences for findings about machine and installation, not yet translated: for a page and `elearn doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

N_ = str  # marks a message for the catalogs; it is translated when it is shown

MACHINE: Mapping[str, str] = {
    "python": N_("Python %(version)s with SQLite %(sqlite)s."),
    "disk_space": N_("%(free)s GiB are free in %(folder)s."),
    "libmagic": N_("libmagic is installed: files are recognised by their content."),
    "libmagic_absent": N_(
        "libmagic is not installed; a simpler recognition is used. Debian and Ubuntu: apt install libmagic1"
    ),
    "program": N_("%(program)s was found: %(path)s."),
    "program_absent": N_("%(program)s was not found. It is not required; with it more files get previews."),
    "database": N_("The database answers (%(engine)s %(version)s, journal: %(mode)s)."),
    "database_away": N_("The database does not answer: %(error)s"),
    "schema_due": N_(
        "The schema of the database is %(present)s, this program needs %(needed)s. Run: elearn db upgrade"
    ),
    "schema_newer": N_(
        "The database was written by a newer elearn (schema %(present)s; this program knows %(needed)s)."
    ),
    "storage": N_("Files are kept in %(storage)s (%(free)s GiB free)."),
    "storage_away": N_("The storage does not answer: %(error)s"),
    "scanner": N_("The scanner for harmful software answers (%(address)s): every new file is scanned."),
    "scanner_away": N_(
        "The scanner for harmful software does not answer (%(address)s): new files are held until it does. %(error)s"
    ),
    "scanner_unset": N_(
        "New files are not scanned for harmful software. With clamd on this network, set ELEARN_CLAMD."
    ),
    "index": N_("The search index (%(engine)s) holds %(count)s materials."),
    "index_absent": N_(
        "There is no search index (%(engine)s) yet. It comes with the first material, or: elearn index rebuild"
    ),
    "index_large": N_(
        "With %(count)s materials a faster search engine is worth it: pip install 'elearn[fast]', set "
        "ELEARN_SEARCH_ENGINE=tantivy, and run: elearn index rebuild"
    ),
    "content": N_("Lessons play from %(origin)s, apart from the application."),
    "content_local": N_(
        "ELEARN_CONTENT_ORIGIN is not set: lessons play only in a browser on this machine, at http://localhost. "
        "Set it to https://{package}.content.your-domain or, in a school without names, to port:8001."
    ),
    "content_storage": N_(
        "At localhost, lessons and application are different sites for a browser: where it blocks the storage of other "
        "sites, lessons that insist on localStorage stop with an error. Addresses of one domain have no such limit; "
        "on this machine alone: ELEARN_PUBLIC_URL=http://elearn.localhost:8000 and "
        "ELEARN_CONTENT_ORIGIN=http://{package}.elearn.localhost:8000."
    ),
    "content_port": N_(
        "Lessons play from %(origin)s of this machine: good for a school's own network, not for the Internet."
    ),
    "content_plain": N_("Lessons play from %(origin)s without encryption; use https beyond one school's network."),
    "proxies": N_("%(count)s reverse proxies are trusted."),
    "proxies_unset": N_(
        "People come by %(url)s, so something in front ends HTTPS, but ELEARN_TRUSTED_PROXIES is 0. "
        "Set it to the number of proxies, else cookies are not secure and throttling sees one address."
    ),
    "time": N_("The time zone is %(zone)s; it is %(now)s."),
}

PULSE: Mapping[str, str] = {
    "worker": N_("The worker is at work; it gave its last sign at %(at)s."),
    "worker_silent": N_("The worker has been silent since %(at)s: nothing is indexed or counted. Restart the service."),
    "worker_never": N_("No worker has ever run here: nothing is indexed or counted. Start it with elearn run."),
    "jobs_waiting": N_("Jobs that wait for the worker: %(count)s."),
    "jobs_dead": N_("Jobs that failed again and again and were given up: %(count)s. They are listed under Health."),
    "index_lag": N_("Changes that search does not know yet: %(count)s."),
    "grades_waiting": N_("Grades that wait to be sent to learning platforms: %(count)s."),
    "grades_refused": N_("Grades that learning platforms have refused: %(count)s. The page of each platform says why."),
    "count_lag": N_("Changes that wait to be counted in the ratio: %(count)s."),
    "scans_waiting": N_("Files that wait for the scanner and are given to nobody: %(count)s."),
    "scans_undecided": N_("Files held back that wait for your decision: %(count)s. They are under “Files held back”."),
    "backup": N_("The last backup was written at %(at)s."),
    "backup_old": N_("The last backup is older than a week (%(at)s). Run: elearn backup DIR"),
    "backup_never": N_("No backup has been written yet. Run: elearn backup DIR, and put it on another machine."),
    "space": N_("%(free)s GiB are free for files and database."),
}
