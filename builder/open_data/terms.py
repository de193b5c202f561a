"""What the keys of the records mean: the terms of CPSV-AP 3.2 (Core Public Service Vocabulary, Application Profile) where it has one.

It has none for steps, branches, application periods, disclosure and cases with papers of their own; these keep our own names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

PREFIXES: Mapping[str, str] = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "adms": "http://www.w3.org/ns/adms#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
OWN = "urn:x-banshizhinan:"  # of what no vocabulary has


class Meaning(NamedTuple):
    """What a type of record is, and the terms of its keys."""

    type: str
    keys: Mapping[str, str]


_PROCEDURE = {
    "eligibility": "cv:holdsRequirement",
    "materials": "cpsv:hasInput",
    "outputs": "cpsv:produces",
    "fees": "cv:hasCost",
    "legal": "cv:hasLegalResource",
    "online": "cv:hasChannel",
    "places": "cv:hasChannel",
    "phones": "cv:contactPoint",
}
_EVENT = {
    "id": "dct:identifier",
    "name": "dct:title",
    "summary": "dct:description",
    "life": "dct:type",
    "area": "dct:spatial",
    "modified": "dct:modified",
    "sheet": "dct:hasFormat",
    "groups": "^cv:isGroupedBy",  # of each item, which is said to be grouped by the event
}
_NAMED = {"id": "dct:identifier", "name": "skos:prefLabel"}

MEANINGS: Mapping[str, Meaning] = {
    "PublicService": Meaning(
        "cpsv:PublicService",
        {
            "id": "dct:identifier",
            "name": "dct:title",
            "title": "dct:alternative",
            "summary": "dct:description",
            "aliases": "dcat:keyword",
            "area": "dct:spatial",
            "department": "cv:hasCompetentAuthority",
            "units": "cv:hasParticipation",
            "type": "dct:type",
            "status": "adms:status",
            "topics": "cv:thematicArea",
            "audiences": "dct:audience",
            "modified": "dct:modified",
            "processing_time": "cv:processingTime",
            "related": "cv:relatedService",
            "variants": "dct:hasPart",
            **_PROCEDURE,
        },
    ),
    "Variant": Meaning(
        "cpsv:PublicService", {"id": "dct:identifier", "name": "dct:title", "when": "dct:description", **_PROCEDURE}
    ),
    "LifeEvent": Meaning("cv:LifeEvent", _EVENT),
    "BusinessEvent": Meaning("cv:BusinessEvent", _EVENT),
    "Event": Meaning("cv:Event", _EVENT),  # that is no longer there
    "EventQuestion": Meaning(f"{OWN}EventQuestion", {"ask": "dct:title", "why": "dct:description"}),
    "EventOption": Meaning(
        f"{OWN}EventOption", {"id": "dct:identifier", "text": "skos:prefLabel", "sheet": "dct:hasFormat"}
    ),
    "OutsideStep": Meaning(f"{OWN}OutsideStep", {"do": "dct:title", "note": "dct:description"}),
    "Life": Meaning("skos:Concept", {"id": "dct:identifier", "name": "skos:prefLabel", "say": "skos:altLabel"}),
    "Condition": Meaning("cv:Requirement", {"text": "dct:title"}),
    "Material": Meaning("cv:Evidence", {"name": "dct:title", "note": "dct:description"}),
    "Output": Meaning("cv:Output", {"name": "dct:title", "note": "dct:description"}),
    "Fee": Meaning("cv:Cost", {"amount": "cv:hasValue", "note": "dct:description"}),
    "Basis": Meaning("eli:LegalResource", {"text": "dct:title", "law": "dct:relation"}),
    "Law": Meaning(
        "eli:LegalResource",
        {"title": "dct:title", "number": "eli:id_local", "issued": "eli:date_document", "url": "foaf:page"},
    ),
    "Participant": Meaning(
        "cv:Participation", {"ref": "cv:hasParticipant", "role": "cv:role", "note": "dct:description"}
    ),
    "Department": Meaning("cv:PublicOrganisation", {**_NAMED, "phones": "cv:contactPoint", "website": "foaf:homepage"}),
    "Phone": Meaning("cv:ContactPoint", {"number": "cv:telephone", "label": "dct:description"}),
    "Online": Meaning("cv:Channel", {"name": "dct:title", "url": "foaf:page", "note": "dct:description"}),
    "At": Meaning("cv:Channel", {"place": "dct:spatial", "note": "dct:description"}),
    "Place": Meaning("dct:Location", _NAMED),
    "Area": Meaning("dct:Location", _NAMED),
    "Topic": Meaning("skos:Concept", _NAMED),
    "Audience": Meaning("skos:Concept", _NAMED),
    "Source": Meaning("foaf:Document", {"title": "dct:title", "publisher": "dct:publisher"}),
}

# The types of values that are not plain texts and numbers.
_DATED = {
    "dct:modified": "xsd:date",
    "eli:date_document": "xsd:date",
    "cv:processingTime": "xsd:duration",
    "dct:hasFormat": "@id",
}
INVERSE = "^"  # before the term of what the value says of the record, as in the paths of SPARQL
_ORDERED = {"items": {"@id": f"{OWN}items", "@container": "@list"}}  # lists are sets to JSON-LD otherwise


def context() -> dict[str, Any]:
    """Return the JSON-LD context (JSON-LD 1.1) of the records: what keys mean, by the type of the record that has them."""
    types = {
        name: {
            "@id": meaning.type,
            "@context": {
                **{key: _term(term) for key, term in meaning.keys.items()},
                **(_ORDERED if meaning.keys is _EVENT else {}),
            },
        }
        for name, meaning in MEANINGS.items()
    }
    return {"@context": {"@version": 1.1, "@vocab": OWN, **PREFIXES, "services": "@graph", "events": "@graph", **types}}


def _term(term: str) -> object:
    if term.startswith(INVERSE):
        return {"@reverse": term.removeprefix(INVERSE)}
    return {"@id": term, "@type": _DATED[term]} if term in _DATED else term
