"""Run-time engines for tests: ready to run, with the usual launch data."""

from scorm.datamodel import table_for
from scorm.runtime import LaunchData, Runtime, initial_document

T12 = table_for("1.2")
T2004 = table_for("2004 4th")


def launched(table, **launch):
    """A fresh document for a learner."""
    return initial_document(table, LaunchData("learner-1", "Nguyễn Văn An", **launch))


def running(table, document=None, **more):
    """An initialized engine over the document (a fresh launch by default)."""
    runtime = Runtime(table, launched(table) if document is None else document, **more)
    assert runtime.initialize("") == "true"
    return runtime


def told(runtime, element):
    """The value of an element and the error code, as content sees them."""
    return runtime.get_value(element), runtime.get_last_error()


def done(runtime, element, value):
    """The error code of setting an element; its result must agree with the code."""
    result = runtime.set_value(element, value)
    error = runtime.get_last_error()
    assert result == ("true" if error == "0" else "false")
    return error
