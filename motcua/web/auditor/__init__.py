"""The auditor's room: search, replay, the register of nonconformities."""
