"""The face for programs: JSON under `/api/v1`, described by an OpenAPI document, held to the rules of the pages."""
