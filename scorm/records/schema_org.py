"""A record as a schema.org LearningResource in JSON-LD 1.1 (the terms of LRMI among them)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorm.records.record import Record, Term


_SYSTEMS = {"windows": "Windows", "linux": "Linux", "macos": "macOS", "android": "Android", "ios": "iOS", "web": "Web"}


def json_ld(record: Record) -> dict[str, Any]:
    """The object for a script of type `application/ld+json`; what is not known is left out."""
    said = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": record.identifier,
        "identifier": record.identifier,
        "url": record.url,
        "name": record.title,
        "description": record.description,
        "keywords": list(record.keywords),
        "inLanguage": record.language,
        "author": [{"@type": "Person", "name": name} for name in record.authors],
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "version": record.version,
        "creativeWorkStatus": {"final": "Published", "draft": "Draft", "unavailable": "Obsolete"}.get(record.status),
        "dateCreated": record.created.isoformat() if record.created else None,
        "datePublished": record.published.isoformat() if record.published else None,
        "expires": record.expires.isoformat() if record.expires else None,
        "encodingFormat": record.format,
        "learningResourceType": record.resource_type.name if record.resource_type else None,
        "timeRequired": record.duration,
        "educationalLevel": [_term(term, record) for term in (*record.levels, *record.grades)],
        "about": [_term(term, record) for term in record.subjects],
        "educationalAlignment": _alignments(record),
        "typicalAgeRange": record.ages,
        "audience": [{"@type": "EducationalAudience", "educationalRole": role} for role in ("teacher", "student")],
        "license": record.rights_url,
        "conditionsOfAccess": record.rights,
        "isAccessibleForFree": record.is_free,
        "thumbnailUrl": record.picture_url,
        "encoding": _encoding(record),
    }
    said |= _program(record) if record.is_software else {}
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _program(record: Record) -> dict[str, Any]:
    """What is said of a SoftwareApplication beyond a LearningResource; it is both."""
    return {
        "@type": ["SoftwareApplication", "LearningResource"],
        "applicationCategory": "EducationalApplication",
        "softwareVersion": record.version,
        "version": "",
        "operatingSystem": ", ".join(_SYSTEMS.get(system, system) for system in record.operating_systems),
        "softwareRequirements": record.requirements,
        "creator": {"@type": "Organization", "name": record.maker} if record.maker else None,
        "sameAs": record.maker_url,
        "installUrl": record.maker_url if record.is_free else "",
        "screenshot": list(record.screenshots),
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "VND"} if record.is_free else None,
    }


def _term(term: Term, record: Record) -> dict[str, str]:
    said = {"@type": "DefinedTerm", "name": term.name, "termCode": term.code, "inDefinedTermSet": record.programme}
    return {name: value for name, value in said.items() if value}


def _alignments(record: Record) -> list[dict[str, str]]:
    """The topic of the curriculum as LRMI's alignment."""
    if not record.topic:
        return []
    said = {
        "@type": "AlignmentObject",
        "alignmentType": "educationalSubject",
        "educationalFramework": record.programme,
        "targetName": record.topic,
    }
    return [{name: value for name, value in said.items() if value}]


def _encoding(record: Record) -> dict[str, str] | None:
    if not record.download_url:
        return None
    said = {
        "@type": "MediaObject",
        "contentUrl": record.download_url,
        "encodingFormat": record.format,
        "contentSize": str(record.size) if record.size is not None else "",
    }
    return {name: value for name, value in said.items() if value}
