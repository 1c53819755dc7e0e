-- A case without an operation is not one that waits for a decision.
UPDATE support_case SET header = 'none' WHERE NOT EXISTS (SELECT 1 FROM operation o WHERE o.case_id = support_case.id);
