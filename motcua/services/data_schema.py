"""What a new dossier of a procedure may hold, as JSON Schema."""

from typing import Any

from motcua.services.procedures import opening_facts
from states.guards import FactType
from states.opening import asked_later
from states.procedure import Fact, Procedure

_JSON_TYPES = {FactType.BOOLEAN: "boolean", FactType.INTEGER: "integer", FactType.TEXT: "string"}


def _agency_schema(words: str) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "description": f"Mã cơ quan {words}"}


def data_schema(procedure: Procedure) -> dict[str, Any]:
    """Return the JSON Schema of the data that `motcua dossier new` takes for a procedure."""
    later = asked_later(procedure)
    facts = {fact.id: _fact_schema(fact) for fact in procedure.facts if fact.id not in later}
    if procedure.fees and "fee_paid" not in later:
        facts["fee_paid"] = {"type": "boolean", "description": "Đã nộp phí, lệ phí / Fees are paid"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:motcua:data:{procedure.code}:{procedure.version}",
        "title": f"{procedure.code} {procedure.version}: {procedure.name.vi} / {procedure.name.en}",
        "type": "object",
        "additionalProperties": False,
        "required": ["facts"] if opening_facts(procedure) else [],
        "properties": {
            "agency": _agency_schema(f"có thẩm quyền / competent agency ({procedure.parties[0].kind})"),
            "received": _agency_schema("nơi nộp hồ sơ / where it is handed in"),
            "helped": _agency_schema("nơi được hướng dẫn / where the applicant was helped"),
            "returns": _agency_schema("nơi trả kết quả / where the result is returned"),
            "applicant": {
                "type": "object",
                "description": "Dữ liệu cá nhân, chỉ ghi cam kết vào nhật ký / Personal data, kept out of the trail",
                "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,63}$"},
                "additionalProperties": {"type": ["string", "integer", "boolean", "null"]},
            },
            "facts": {
                "type": "object",
                "additionalProperties": False,
                "required": list(opening_facts(procedure)),
                "properties": facts,
            },
            "documents": {"type": "array", "uniqueItems": True, "items": _documents_schema(procedure)},
            "legal_date": {
                "type": "string",
                "format": "date",
                "description": "Ngày trên giấy, nếu khác ngày tiếp nhận / The date on paper, where it differs",
            },
        },
    }


def _fact_schema(fact: Fact) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": _JSON_TYPES[fact.type],
        "description": f"{fact.label.vi} / {fact.label.en}",
    }
    return {**schema, "enum": list(fact.values)} if fact.values else schema


def _documents_schema(procedure: Procedure) -> dict[str, Any]:
    """List the declared papers, each with its name."""
    papers = [
        {"const": document.id, "title": f"{document.label.vi} / {document.label.en}"}
        for document in procedure.documents
    ]
    return {"type": "string", "enum": [paper["const"] for paper in papers], "oneOf": papers} if papers else {}
