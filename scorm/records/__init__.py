"""One description of a learning resource, and the standards it is written in: LOM, Dublin Core and schema.org.

Reading LOM belongs to `scorm.manifest.lom`; what the fields mean to a library belongs to whoever makes the record.
"""

from scorm.records.dublin_core import dublin_core
from scorm.records.lom_xml import lom_xml
from scorm.records.record import Record, Term
from scorm.records.schema_org import json_ld

__all__ = ["Record", "Term", "dublin_core", "json_ld", "lom_xml"]
